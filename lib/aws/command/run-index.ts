import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type LiveRun, liveRunSchema } from '../../run/live-run.ts';
import { type RunRecord, runRecordSchema } from '../../run/run-record.ts';
import { liveRunPartition, runKey } from '../table-keys.ts';

/** The runs of an environment, as its table keeps them. */
export interface RunIndex {
  /** Runs that have begun and are not yet recorded as ended. */
  live(): Promise<readonly LiveRun[]>;
  /** Runs that have ended, the newest first; so many at most. */
  newest(limit: number): Promise<readonly RunRecord[]>;
  /** Runs of an experiment that have ended, the newest first; so many at most. */
  ofExperiment(experiment: string, limit: number): Promise<readonly RunRecord[]>;
  /** A run that has ended; undefined where there is none of that id. */
  find(runId: string): Promise<RunRecord | undefined>;
}

/** So many months back the newest runs are looked for. */
const monthsBack = 13;

/** The month, `2026-05`, so many before the one that a time is in. */
function monthBefore(nowMs: number, months: number): string {
  const now = new Date(nowMs);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString().slice(0, 7);
}

export function createRunIndex(options: {
  readonly dynamo: DynamoDBDocumentClient;
  readonly table: string;
  readonly now: () => number;
}): RunIndex {
  const { dynamo, table, now } = options;

  /** The items of a partition, the last by sort key first. */
  async function* itemsOf(pk: string): AsyncGenerator<unknown> {
    let start: Record<string, unknown> | undefined;
    do {
      const page = await dynamo.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
          ScanIndexForward: false,
          ConsistentRead: true,
          ExclusiveStartKey: start,
        }),
      );
      yield* page.Items ?? [];
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  }

  const recordsOf = async (pk: string, limit: number): Promise<RunRecord[]> => {
    const found: RunRecord[] = [];
    if (limit <= 0) return found;
    for await (const item of itemsOf(pk)) {
      found.push(runRecordSchema.parse(item));
      if (found.length >= limit) break;
    }
    return found;
  };

  return {
    live: async () => {
      const found: LiveRun[] = [];
      for await (const item of itemsOf(liveRunPartition)) found.push(liveRunSchema.parse(item));
      return found.toSorted((a, b) => b.startedAtMs - a.startedAtMs);
    },
    newest: async (limit) => {
      const found: RunRecord[] = [];
      for (let back = 0; back < monthsBack && found.length < limit; back += 1)
        found.push(...(await recordsOf(`RUNS#${monthBefore(now(), back)}`, limit - found.length)));
      return found;
    },
    ofExperiment: (experiment, limit) => recordsOf(`EXPERIMENT#${experiment}`, limit),
    find: async (runId) => {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: table, Key: runKey(runId), ConsistentRead: true }),
      );
      return Item === undefined ? undefined : runRecordSchema.parse(Item);
    },
  };
}
