import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type LiveRun, liveRunSchema } from '../../run/live-run.ts';
import { type RunRecord, runRecordSchema } from '../../run/run-record.ts';
import {
  haltAllKey,
  haltKey,
  leasePartition,
  liveRunKey,
  liveRunPartition,
  runKey,
  runOfExperimentKey,
  runOfMonthKey,
} from '../table-keys.ts';
import { asking } from './aws-problem.ts';

/** A wish to end a run, or all, that stands. */
interface StandingHalt {
  readonly scope: 'run' | 'all';
  readonly reason: string;
  readonly by?: string | undefined;
  readonly at?: string | undefined;
}

/** A lease that a run holds, or held when it was last renewed. */
interface HeldLease {
  readonly service: string;
  readonly untilMs: number;
}

/** What the table of an environment tells of its runs, to whoever looks. */
export interface RunIndex {
  /** Runs that have begun and are not yet recorded as ended, the newest first. */
  live(): Promise<readonly LiveRun[]>;
  liveRun(runId: string): Promise<LiveRun | undefined>;
  /** Runs that have ended, the newest first; so many at most. */
  newest(limit: number): Promise<readonly RunRecord[]>;
  /** Runs of an experiment that have ended, the newest first; so many at most. */
  ofExperiment(experiment: string, limit: number): Promise<readonly RunRecord[]>;
  /** All runs that began in a month of UTC, such as `2026-05`, and how many items there say nothing that this version can read. */
  ofMonth(month: string): Promise<{ readonly runs: readonly RunRecord[]; readonly unreadable: number }>;
  /** A run that has ended; undefined where there is none of that id. */
  find(runId: string): Promise<RunRecord | undefined>;
  halts(runId: string): Promise<readonly StandingHalt[]>;
  leases(runId: string): Promise<readonly HeldLease[]>;
}

/** Further back nobody looks for the newest runs. */
const mostMonths = 24;

const haltSchema = z.object({
  reason: z._default(z.string(), 'no reason was given'),
  by: z.optional(z.string()),
  at: z.optional(z.string()),
  expiresAt: z.optional(z.number()),
});
const leaseSchema = z.object({ sk: z.string(), runId: z.string(), untilMs: z.number() });
const servicePrefix = 'SERVICE#';

export function createRunIndex(options: {
  readonly dynamo: DynamoDBDocumentClient;
  readonly table: string;
  readonly now: () => number;
}): RunIndex {
  const { dynamo, table, now } = options;

  const get = async (Key: { pk: string; sk: string }): Promise<unknown> => {
    const { Item } = await asking({ action: 'dynamodb:GetItem', resource: `table/${table}` }, () =>
      dynamo.send(new GetCommand({ TableName: table, Key, ConsistentRead: true })),
    );
    return Item;
  };

  /** The items of a partition, the last first where only some are wanted. */
  const query = async (pk: string, limit = Number.POSITIVE_INFINITY): Promise<unknown[]> => {
    const items: unknown[] = [];
    if (limit <= 0) return items;
    let start: Record<string, unknown> | undefined;
    do {
      const page = await asking({ action: 'dynamodb:Query', resource: `table/${table}` }, () =>
        dynamo.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': pk },
            ConsistentRead: true,
            ExclusiveStartKey: start,
            ...(Number.isFinite(limit) ? { ScanIndexForward: false, Limit: limit - items.length } : {}),
          }),
        ),
      );
      items.push(...(page.Items ?? []));
      start = page.LastEvaluatedKey;
    } while (start !== undefined && items.length < limit);
    return items.slice(0, limit);
  };

  const records = async (pk: string, limit: number) =>
    (await query(pk, limit)).flatMap((item) => runRecordSchema.safeParse(item).data ?? []);

  return {
    live: async () => {
      const items = await query(liveRunPartition);
      const live = items.flatMap((item) => liveRunSchema.safeParse(item).data ?? []);
      return live.toSorted((a, b) => b.startedAtMs - a.startedAtMs);
    },
    liveRun: async (runId) => liveRunSchema.safeParse(await get(liveRunKey(runId))).data,
    newest: async (limit) => {
      const found: RunRecord[] = [];
      for (let back = 0; back < mostMonths && found.length < limit; back += 1)
        found.push(...(await records(runOfMonthKey(monthsBefore(now(), back), '').pk, limit - found.length)));
      return found;
    },
    ofExperiment: (experiment, limit) => records(runOfExperimentKey(experiment, '', '').pk, limit),
    ofMonth: async (month) => {
      const items = await query(runOfMonthKey(month, '').pk);
      const runs = items.flatMap((item) => runRecordSchema.safeParse(item).data ?? []);
      return { runs, unreadable: items.length - runs.length };
    },
    find: async (runId) => runRecordSchema.safeParse(await get(runKey(runId))).data,
    halts: async (runId) => {
      const both = [
        ['run', haltKey(runId)],
        ['all', haltAllKey],
      ] as const;
      const found: StandingHalt[] = [];
      for (const [scope, key] of both) {
        const item = haltSchema.safeParse(await get(key)).data;
        if (item === undefined || (item.expiresAt ?? Number.POSITIVE_INFINITY) * 1_000 <= now()) continue;
        const { reason, by, at } = item;
        found.push({ scope, reason, by, at });
      }
      return found;
    },
    leases: async (runId) =>
      (await query(leasePartition)).flatMap((item) => {
        const lease = leaseSchema.safeParse(item).data;
        if (lease === undefined || lease.runId !== runId || !lease.sk.startsWith(servicePrefix)) return [];
        return [{ service: lease.sk.slice(servicePrefix.length), untilMs: lease.untilMs }];
      }),
  };
}

/** The month that lies so many before this one: `2026-04`. */
function monthsBefore(nowMs: number, months: number): string {
  const now = new Date(nowMs);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString().slice(0, 7);
}
