import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { gameDayOfRunSchema } from '../plan/game-day-of-run.ts';
import { onlySchema } from '../plan/only.ts';
import { approvalPartition, type gameDayApprovalPartition } from '../plan/table-partitions.ts';
import {
  type ApprovalAnswer,
  type ApprovalDesk,
  type Approvals,
  type Decision,
  isOpen,
  type PendingApproval,
  refusalOf,
} from '../run/approvals.ts';
import type { Clock } from '../run/ports.ts';
import { isNamed } from './aws-error.ts';
import { itemsOf } from './items-of.ts';
import { approvalKey, runOfApproval } from './table-keys.ts';

const requestSchema = z.object({
  hash: z.string(),
  experiment: z.string(),
  title: z.string(),
  environment: z.string(),
  set: z.exactOptional(z.record(z.string(), z.string())),
  only: z.exactOptional(onlySchema),
  gameDay: z.exactOptional(gameDayOfRunSchema),
  stages: z.array(
    z.object({
      label: z.string(),
      durationMs: z.number(),
      faults: z.array(z.object({ name: z.string(), action: z.string(), parameters: z.string() })),
    }),
  ),
  targets: z.array(z.object({ fault: z.string(), count: z.number(), some: z.array(z.string()) })),
  askedAtMs: z.number(),
  expiresAtMs: z.number(),
  startedBy: z.exactOptional(z.string()),
});

const itemSchema = z.object({
  sk: z.string(),
  request: requestSchema,
  answer: z.optional(z.enum(['approved', 'refused', 'closed'])),
  answeredBy: z.optional(z.string()),
  answeredAtMs: z.optional(z.number()),
  answerNote: z.optional(z.string()),
});

type Item = z.output<typeof itemSchema>;

/** Whoever asks who approved what finds it so long; the journal keeps it for good. */
const keptSeconds = 90 * 86_400;

interface Options {
  readonly dynamo: DynamoDBDocumentClient;
  readonly table: string;
  readonly clock: Clock;
  /** Whose approvals they are: people's, where absent, or those of game days. */
  readonly partition?: typeof approvalPartition | typeof gameDayApprovalPartition;
}

/** An item is answered once: each write is conditional on that. */
const unanswered = 'attribute_not_exists(answer)';

/** The run's side of approvals, as items of the environment's table. */
export function createDynamoApprovals(options: Options): Approvals {
  const { dynamo, table, clock, partition } = options;
  const look = async (runId: string) => answerOf(await itemOf(options, runId));
  return {
    ask: async (runId, request) => {
      const { hash, expiresAtMs } = request;
      try {
        await dynamo.send(
          new PutCommand({
            TableName: table,
            Item: {
              ...approvalKey(runId, partition),
              request,
              inputHash: hash,
              expiresAtMs,
              expiresAt: Math.ceil(expiresAtMs / 1_000) + keptSeconds,
            },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
        return { expiresAtMs };
      } catch (thrown) {
        if (!isNamed(thrown, 'ConditionalCheckFailedException')) throw thrown;
        const asked = await itemOf(options, runId);
        if (asked?.request.hash === hash) return { expiresAtMs: asked.request.expiresAtMs };
        throw new SteadfastError('internal', `run '${runId}' has asked to approve something else before`);
      }
    },
    answer: look,
    close: async (runId) => {
      try {
        await dynamo.send(
          new UpdateCommand({
            TableName: table,
            Key: approvalKey(runId, partition),
            UpdateExpression: 'SET answer = :closed, answeredAtMs = :now',
            ConditionExpression: `attribute_exists(pk) AND ${unanswered}`,
            ExpressionAttributeValues: { ':closed': 'closed', ':now': clock.now() },
          }),
        );
        return undefined;
      } catch (thrown) {
        if (!isNamed(thrown, 'ConditionalCheckFailedException')) throw thrown;
        return look(runId);
      }
    },
  };
}

/** The people's side. Whoever answers needs `dynamodb:GetItem` and `dynamodb:UpdateItem`, `dynamodb:Query` to see all that wait. */
export function createDynamoApprovalDesk(options: Options): ApprovalDesk {
  const { dynamo, table, clock, partition = approvalPartition } = options;
  const find = async (runId: string) => pendingOf(await itemOf(options, runId));

  const decide = async (answer: ApprovalAnswer['answer'], decision: Decision): Promise<void> => {
    const { runId, hash, by, note } = decision;
    const now = clock.now();
    try {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: approvalKey(runId, partition),
          UpdateExpression: `SET answer = :answer, answeredBy = :by, answeredAtMs = :now${note === undefined ? '' : ', answerNote = :note'}`,
          ConditionExpression: `inputHash = :hash AND ${unanswered} AND expiresAtMs > :now`,
          ExpressionAttributeValues: {
            ':answer': answer,
            ':by': by,
            ':now': now,
            ':hash': hash,
            ...(note === undefined ? {} : { ':note': note }),
          },
        }),
      );
    } catch (thrown) {
      if (!isNamed(thrown, 'ConditionalCheckFailedException')) throw thrown;
      throw refusalOf(decision, await find(runId), now) ?? thrown;
    }
  };

  return {
    find,
    waiting: async () => {
      const items = z.array(itemSchema).parse(await itemsOf({ dynamo, table }, partition));
      const found = items.flatMap((item) => pendingOf(item) ?? []);
      return found.filter((one) => isOpen(one, clock.now()));
    },
    approve: (decision) => decide('approved', decision),
    refuse: (decision) => decide('refused', decision),
  };
}

async function itemOf({ dynamo, table, partition }: Options, runId: string): Promise<Item | undefined> {
  const { Item: found } = await dynamo.send(
    new GetCommand({ TableName: table, Key: approvalKey(runId, partition), ConsistentRead: true }),
  );
  return found === undefined ? undefined : itemSchema.parse(found);
}

function answerOf(item: Item | undefined): ApprovalAnswer | undefined {
  if (item?.answer === undefined || item.answer === 'closed') return undefined;
  const { answer, answeredBy = 'somebody', answeredAtMs = item.request.askedAtMs, answerNote } = item;
  return {
    answer,
    hash: item.request.hash,
    by: answeredBy,
    atMs: answeredAtMs,
    ...(answerNote === undefined ? {} : { note: answerNote }),
  };
}

function pendingOf(item: Item | undefined): PendingApproval | undefined {
  if (item === undefined) return undefined;
  const answer = answerOf(item);
  return {
    runId: runOfApproval(item.sk),
    request: item.request,
    ...(answer === undefined ? {} : { answer }),
    isClosed: item.answer === 'closed',
  };
}
