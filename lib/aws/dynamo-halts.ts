import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { Clock, Halts } from '../run/ports.ts';
import { haltAllKey, haltKey } from './table-keys.ts';

const haltSchema = z.object({
  pk: z.string(),
  reason: z._default(z.string(), 'no reason was given'),
  expiresAt: z.optional(z.number()),
});

/** A run asks many times a second; the table is asked once in this long. */
const lookEveryMs = 1_000;

/** The wish to end a run, or all runs, as an item of the table: the kill switch writes it, every slice reads it. */
export function createDynamoHalts(options: {
  readonly dynamo: DynamoDBDocumentClient;
  readonly table: string;
  readonly clock: Clock;
}): Halts {
  const { dynamo, table, clock } = options;
  const looks = new Map<string, { readonly atMs: number; readonly answer: ReturnType<Halts['requested']> }>();

  const look = async (runId: string): ReturnType<Halts['requested']> => {
    const { Responses, UnprocessedKeys } = await dynamo.send(
      new BatchGetCommand({
        RequestItems: { [table]: { Keys: [haltKey(runId), haltAllKey], ConsistentRead: true } },
      }),
    );
    const found = z
      .array(haltSchema)
      .parse(Responses?.[table] ?? [])
      // DynamoDB removes expired items within days, not at once.
      .filter((halt) => halt.expiresAt === undefined || halt.expiresAt * 1_000 > clock.now());
    const [halt] = found;
    if (halt !== undefined)
      return { reason: halt.pk === haltAllKey.pk ? `all runs: ${halt.reason}` : halt.reason };
    if (Object.keys(UnprocessedKeys ?? {}).length > 0) {
      throw new SteadfastError('internal', 'the table did not say whether a halt was asked for', {
        hint: 'DynamoDB left the read unprocessed; the step is tried again',
      });
    }
    return undefined;
  };

  return {
    requested: (runId) => {
      const last = looks.get(runId);
      if (last !== undefined && clock.now() - last.atMs < lookEveryMs) return last.answer;
      const answer = look(runId);
      looks.set(runId, { atMs: clock.now(), answer });
      // A look that failed is no answer to whoever asks next.
      answer.catch(() => looks.delete(runId));
      return answer;
    },
  };
}
