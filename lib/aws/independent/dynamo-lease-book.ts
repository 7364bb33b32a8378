import { DeleteCommand, type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { HeldLease, LeaseBook } from '../../run/independent/ports.ts';
import { isNamed } from '../aws-error.ts';
import { itemsOf } from '../items-of.ts';
import { leasePartition } from '../table-keys.ts';

const leaseSchema = z.object({ sk: z.string(), runId: z.string(), untilMs: z.number() });

/** Tokens count from 1 (dynamo-leases.ts): a run whose leases have this one can renew none of them. */
const fencedToken = 0;
/** As long as any ended lease stays readable. */
const keptSeconds = 86_400;

/** The leases of an environment, for those who end runs. Each write says whose lease it means, since another may have it by now. */
export function createDynamoLeaseBook(options: {
  readonly dynamo: DynamoDBDocumentClient;
  readonly table: string;
}): LeaseBook {
  const { dynamo, table } = options;

  const each = async (
    leases: readonly HeldLease[],
    write: (key: { pk: string; sk: string }, runId: string) => Promise<unknown>,
  ): Promise<void> => {
    const written = await Promise.allSettled(
      leases.map(async ({ key, runId }) => {
        try {
          await write({ pk: leasePartition, sk: key }, runId);
        } catch (thrown) {
          if (!isNamed(thrown, 'ConditionalCheckFailedException')) throw thrown;
        }
      }),
    );
    // All are tried before one that failed is told.
    for (const one of written) if (one.status === 'rejected') throw one.reason;
  };

  return {
    all: async () => {
      const items = await itemsOf({ dynamo, table }, leasePartition);
      // The counter of tokens lies among them, and is no lease.
      return items.flatMap((item) => {
        const { data } = leaseSchema.safeParse(item);
        return data === undefined ? [] : [{ key: data.sk, runId: data.runId, untilMs: data.untilMs }];
      });
    },

    takeOver: (leases, untilMs) =>
      each(leases, (Key, runId) =>
        dynamo.send(
          new UpdateCommand({
            TableName: table,
            Key,
            UpdateExpression: 'SET #token = :fenced, untilMs = :until, expiresAt = :expires',
            ConditionExpression: 'runId = :run',
            ExpressionAttributeNames: { '#token': 'token' },
            ExpressionAttributeValues: {
              ':fenced': fencedToken,
              ':until': untilMs,
              ':expires': Math.ceil(untilMs / 1_000) + keptSeconds,
              ':run': runId,
            },
          }),
        ),
      ),

    remove: (leases) =>
      each(leases, (Key, runId) =>
        dynamo.send(
          new DeleteCommand({
            TableName: table,
            Key,
            ConditionExpression: 'runId = :run',
            ExpressionAttributeValues: { ':run': runId },
          }),
        ),
      ),
  };
}
