import type { S3Client } from '@aws-sdk/client-s3';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { messageOf } from '../../experiment/steadfast-error.ts';
import { rejectionSchema, verdictSchema } from '../../experiment/verdict.ts';
import type { GameDayRuns, RunLine, RunOfStage } from '../../game-day/ports.ts';
import { endedRun, linesOfRun, type ToldRun } from '../../game-day/run-of-journal.ts';
import { gameDayApprovalPartition } from '../../plan/table-partitions.ts';
import { isOpen } from '../../run/approvals.ts';
import { runEntrySchema } from '../../run/entries.ts';
import { iso } from '../../run/iso.ts';
import { timelineEntrySchema } from '../../run/journal-parts.ts';
import type { Clock } from '../../run/ports.ts';
import { isNamed } from '../aws-error.ts';
import { createDynamoApprovalDesk } from '../dynamo-approvals.ts';
import { createS3Objects } from '../s3-objects.ts';
import { runObject } from '../s3-run-notes.ts';
import { haltKey, liveRunKey, runKey } from '../table-keys.ts';

const time = z.optional(z.string());

/** As much of a journal as a game day needs: one of another version has it all the same. */
const toldSchema = z.object({
  verdict: verdictSchema,
  summary: z.string(),
  end: z.string(),
  findings: z.array(z.object({ rejection: z.optional(rejectionSchema) })),
  timeline: z.array(timelineEntrySchema),
  stages: z.array(
    z.object({
      label: z.string(),
      start: time,
      end: time,
      tolerances: z.array(
        z.object({
          probe: z.string(),
          tolerance: z.string(),
          state: z.enum(['met', 'missed', 'unknown']),
          detectedSeconds: z.optional(z.number()),
        }),
      ),
      bite: z.array(z.object({ bit: z.optional(z.boolean()) })),
    }),
  ),
  recovery: z.optional(z.object({ seconds: z.optional(z.number()) })),
}) satisfies z.core.$ZodType<ToldRun>;

/** What the table's index of runs says of one that has ended. */
const recordSchema = z.object({ verdict: verdictSchema, summary: z.string(), end: z.string() });

/** A run's halt is forgotten after so long: no run lasts longer than 16 hours (runner.asl.json). */
const keptSeconds = 48 * 3_600;

/** The runs of game days, as the table and the bucket know them. */
export function createAwsGameDayRuns(options: {
  readonly dynamo: DynamoDBDocumentClient;
  readonly s3: S3Client;
  readonly clock: Clock;
  readonly table: string;
  readonly bucket: string;
}): GameDayRuns {
  const { dynamo, s3, clock, table, bucket } = options;
  const objects = createS3Objects(s3, bucket);
  const desk = createDynamoApprovalDesk({ dynamo, table, clock, partition: gameDayApprovalPartition });
  /** What runs have written down so far. A key that is written again says the same a moment later: it is not read again. */
  const known = new Map<string, z.output<typeof runEntrySchema>>();

  const itemOf = async (Key: { readonly pk: string; readonly sk: string }): Promise<unknown> =>
    (await dynamo.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }))).Item;

  const linesSoFar = async (runId: string): Promise<readonly RunLine[]> => {
    const prefix = runObject(runId, 'entries/');
    const entries: z.output<typeof runEntrySchema>[] = [];
    for await (const key of objects.keys(prefix)) {
      if (!/\/(timeline|stage)-[^/]*$/.test(key)) continue;
      const entry = known.get(key) ?? runEntrySchema.parse(JSON.parse(await objects.read(key)));
      known.set(key, entry);
      entries.push(entry);
    }
    const stages: { start?: string; end?: string }[] = [];
    for (const entry of entries) {
      if (entry.kind !== 'stage') continue;
      const { start, end } = entry.set;
      const before = stages[entry.stage] ?? {};
      stages[entry.stage] = {
        ...before,
        ...(start === undefined ? {} : { start }),
        ...(end === undefined ? {} : { end }),
      };
    }
    const timeline = entries.flatMap((entry) => (entry.kind === 'timeline' ? [entry.entry] : []));
    return linesOfRun(runId, { timeline, stages: stages.filter((stage) => stage !== undefined) });
  };

  /** The journal tells most; where it cannot be read, the index of runs still tells the verdict. */
  const ended = async (runId: string, record: z.output<typeof recordSchema>): Promise<RunOfStage> => {
    for (const key of known.keys()) if (key.startsWith(runObject(runId, ''))) known.delete(key);
    try {
      const journal = await objects.read(runObject(runId, 'journal.json'));
      return endedRun(runId, toldSchema.parse(JSON.parse(journal)));
    } catch (thrown) {
      const { verdict, summary, end } = record;
      const why = `Its journal cannot be read: ${messageOf(thrown)}.`;
      const outcome = { verdict, summary: `${summary} ${why}`, tolerances: {} };
      return { state: 'ended', outcome, endedAtMs: Date.parse(end), lines: [] };
    }
  };

  return {
    look: async (runId) => {
      // In this order: a run that ends in between is recorded before it is taken off those under way.
      const live = await itemOf(liveRunKey(runId));
      if (live === undefined) {
        const record = await itemOf(runKey(runId));
        return record === undefined ? { state: 'missing' } : ended(runId, recordSchema.parse(record));
      }
      const [asked, lines] = await Promise.all([desk.find(runId), linesSoFar(runId)]);
      return asked !== undefined && isOpen(asked, clock.now())
        ? { state: 'waiting', request: asked.request, lines }
        : { state: 'under way', lines };
    },

    answer: async (runId, { answer, hash, by, note }) => {
      const decision = { runId, hash, by, ...(note === undefined ? {} : { note }) };
      try {
        await (answer === 'approved' ? desk.approve(decision) : desk.refuse(decision));
      } catch (thrown) {
        const found = await desk.find(runId);
        // Answered before, expired, or over: then the run says what became of it.
        if (found === undefined || found.request.hash !== hash || isOpen(found, clock.now())) throw thrown;
      }
    },

    end: async (runId, reason) => {
      const nowMs = clock.now();
      try {
        await dynamo.send(
          new UpdateCommand({
            TableName: table,
            Key: haltKey(runId),
            UpdateExpression: 'SET reason = :reason, #by = :by, #at = :at, expiresAt = :expires',
            ConditionExpression: 'attribute_not_exists(pk)',
            // BY and AT are words of DynamoDB's own ("Reserved words").
            ExpressionAttributeNames: { '#by': 'by', '#at': 'at' },
            ExpressionAttributeValues: {
              ':reason': reason,
              ':by': 'the game day',
              ':at': iso(nowMs),
              ':expires': Math.ceil(nowMs / 1_000) + keptSeconds,
            },
          }),
        );
      } catch (thrown) {
        if (!isNamed(thrown, 'ConditionalCheckFailedException')) throw thrown;
      }
    },
  };
}
