import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { dueMs, type Held } from '../../game-day/cadence.ts';
import { iso } from '../../run/iso.ts';
import type { Clock } from '../../run/ports.ts';
import { isNamed } from '../aws-error.ts';
import { itemsOf } from '../items-of.ts';
import { reminderKey, remindersPartition } from '../table-keys.ts';
import type { Edition } from './editions.ts';

/** A game day that takes place again and again. */
export interface RegularGameDay extends Pick<Held, 'cadence'> {
  readonly id: string;
  readonly title: string;
}

const itemSchema = z.object({
  gameDay: z.string(),
  /** When it was first seen to be deployed: before that it could not have been held. */
  seenMs: z.number(),
  remindedMs: z.optional(z.number()),
});

/** Whoever is told each day stops to read it. */
const againMs = 7 * 86_400_000;

/** Tells people of game days that are overdue, each once a week: first written down, then told, so that nobody is told twice. */
export async function remindOfOverdue(
  options: {
    readonly dynamo: DynamoDBDocumentClient;
    readonly table: string;
    readonly clock: Clock;
    readonly tell: (
      overdue: RegularGameDay & { readonly dueMs: number; readonly lastMs?: number },
    ) => Promise<void>;
  },
  gameDays: readonly RegularGameDay[],
  editions: readonly Pick<Edition, 'beganAt' | 'closedAt' | 'gameDay'>[],
): Promise<void> {
  const { dynamo, table, clock, tell } = options;
  if (gameDays.length === 0) return;
  const items = z.array(itemSchema).parse(await itemsOf({ dynamo, table }, remindersPartition));
  const nowMs = clock.now();
  for (const gameDay of gameDays) {
    const before = items.find((item) => item.gameDay === gameDay.id);
    const write = async (item: z.output<typeof itemSchema>): Promise<boolean> => {
      try {
        await dynamo.send(
          new PutCommand({
            TableName: table,
            Item: { ...reminderKey(gameDay.id), ...item },
            ...(before === undefined
              ? { ConditionExpression: 'attribute_not_exists(pk)' }
              : before.remindedMs === undefined
                ? { ConditionExpression: 'attribute_not_exists(remindedMs)' }
                : {
                    ConditionExpression: 'remindedMs = :before',
                    ExpressionAttributeValues: { ':before': before.remindedMs },
                  }),
          }),
        );
        return true;
      } catch (thrown) {
        // Another look was quicker, and tells.
        if (isNamed(thrown, 'ConditionalCheckFailedException')) return false;
        throw thrown;
      }
    };
    const { seenMs, remindedMs } = before ?? { seenMs: nowMs };
    const held = editions
      .filter((one) => one.gameDay === gameDay.id)
      .map(({ beganAt }) => Date.parse(beganAt));
    const lastMs = held.length === 0 ? undefined : Math.max(...held);
    const due = dueMs({ cadence: gameDay.cadence, lastMs: lastMs ?? seenMs });
    if (before === undefined) await write({ gameDay: gameDay.id, seenMs });
    else if (due <= nowMs && (remindedMs ?? 0) + againMs <= nowMs) {
      if (await write({ gameDay: gameDay.id, seenMs, remindedMs: nowMs }))
        await tell({ ...gameDay, dueMs: due, ...(lastMs === undefined ? {} : { lastMs }) });
    }
  }
}

/** What people are told of a game day that is overdue. */
export const overdueInWords = (
  environment: string,
  {
    id,
    title,
    cadence,
    dueMs: due,
    lastMs,
  }: RegularGameDay & { readonly dueMs: number; readonly lastMs?: number },
): { readonly subject: string; readonly body: string } => ({
  subject: `Steadfast: the game day ${id} in ${environment} is overdue`,
  body: [
    `${title} (${id}) takes place ${cadence}, and was due on ${iso(due).slice(0, 10)}.`,
    lastMs === undefined ? 'It was never held here.' : `It was last held on ${iso(lastMs).slice(0, 10)}.`,
    '',
    `To begin it: npx steadfast gameday start ${id} --env ${environment}`,
  ].join('\n'),
});
