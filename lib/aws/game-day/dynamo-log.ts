import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { boundedEntry } from '../../game-day/bounded-entry.ts';
import { type Entry, entrySchema } from '../../game-day/entry.ts';
import type { GameDayLog } from '../../game-day/ports.ts';
import { iso } from '../../run/iso.ts';
import type { Clock } from '../../run/ports.ts';
import { editionPartition, entryKey } from '../table-keys.ts';
import { transact } from '../transact.ts';

/** A transaction holds 100 actions (DynamoDB quotas), and one of them sees that there is no gap. */
const mostAtOnce = 99;

const itemSchema = z.object({ entry: entrySchema });

/** So many editions a function remembers; it meets one, rarely two. */
const mostRemembered = 4;

/**
 * The logs of editions as items of the environment's table, an item an entry. Nobody writes a number that is taken, nor leaves one out: of
 * two who write behind the same entry one is told `conflict`. What was read is remembered, since it never changes.
 */
export function createDynamoLog(options: {
  readonly dynamo: DynamoDBDocumentClient;
  readonly table: string;
  readonly clock: Clock;
}): GameDayLog {
  const { dynamo, table, clock } = options;
  const remembered = new Map<string, readonly Entry[]>();

  const readAfter = async (edition: string, after: number): Promise<Entry[]> => {
    const found: Entry[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const page = await dynamo.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND sk > :after',
          ExpressionAttributeValues: {
            ':pk': editionPartition(edition),
            ':after': entryKey(edition, after).sk,
          },
          ConsistentRead: true,
          ExclusiveStartKey: start,
        }),
      );
      found.push(...(page.Items ?? []).map((item) => itemSchema.parse(item).entry));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return found;
  };

  return {
    read: async (edition, after = 0) => {
      const before = remembered.get(edition) ?? [];
      const all = [...before, ...(await readAfter(edition, before.length))];
      // Without a gap each entry's place is its number: anything else is no log that a state could be made of.
      if (all.some(({ number }, index) => number !== index + 1))
        throw new SteadfastError('internal', `the log of the game day ${edition} has a gap`, {
          hint: 'restore the table from its backup (point-in-time recovery)',
        });
      remembered.delete(edition);
      remembered.set(edition, all);
      const [oldest] = remembered.keys();
      if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
      return all.slice(after);
    },

    append: async (edition, after, entries) => {
      if (entries.length > mostAtOnce)
        throw new SteadfastError('internal', `${entries.length} entries are more than are written at once`);
      if (entries.length === 0) return 'written';
      const writtenAt = iso(clock.now());
      const puts = entries.map((entry, index) => {
        const number = after + index + 1;
        return {
          Put: {
            TableName: table,
            Item: {
              ...entryKey(edition, number),
              entry: boundedEntry(entrySchema.parse({ ...entry, number, writtenAt })),
            },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        };
      });
      const isThere = {
        ConditionCheck: {
          TableName: table,
          Key: entryKey(edition, after),
          ConditionExpression: 'attribute_exists(pk)',
        },
      };
      const failed = await transact({ dynamo, clock }, [...(after === 0 ? [] : [isThere]), ...puts]);
      return failed.length === 0 ? 'written' : 'conflict';
    },
  };
}
