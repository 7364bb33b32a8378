import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { HaltBook, HaltItem } from '../../run/independent/halt-ports.ts';
import type { HaltRequests } from '../../run/independent/ports.ts';
import type { Clock } from '../../run/ports.ts';
import { haltAllKey, haltKey } from '../table-keys.ts';

const itemSchema = z.object({
  reason: z._default(z.string(), 'no reason was given'),
  by: z._default(z.string(), 'somebody'),
  at: z._default(z.string(), ''),
  safetyLever: z.optional(z.enum(['engaging', 'engaged'])),
  expiresAt: z.optional(z.number()),
});

/** The wish to end a run, or all: the runner and admission look for it by these keys (dynamo-halts.ts). */
export function createHaltItems(options: {
  readonly dynamo: DynamoDBDocumentClient;
  readonly table: string;
  readonly clock: Clock;
}): HaltBook & HaltRequests {
  const { dynamo, table, clock } = options;
  const keyOf = (runId: string | undefined) => (runId === undefined ? haltAllKey : haltKey(runId));

  const read = async (runId: string | undefined): Promise<HaltItem | undefined> => {
    const { Item } = await dynamo.send(
      new GetCommand({ TableName: table, Key: keyOf(runId), ConsistentRead: true }),
    );
    if (Item === undefined) return undefined;
    const { expiresAt, safetyLever, ...item } = itemSchema.parse(Item);
    // DynamoDB removes expired items within days, not at once.
    if (expiresAt !== undefined && expiresAt * 1_000 <= clock.now()) return undefined;
    return {
      ...item,
      ...(safetyLever === undefined ? {} : { safetyLever }),
      ...(expiresAt === undefined ? {} : { untilMs: expiresAt * 1_000 }),
    };
  };

  return {
    read,

    write: async (runId, { untilMs, ...item }) => {
      const Item = {
        ...keyOf(runId),
        ...item,
        ...(untilMs === undefined ? {} : { expiresAt: Math.ceil(untilMs / 1_000) }),
      };
      await dynamo.send(new PutCommand({ TableName: table, Item }));
    },

    remove: async (runId) => {
      await dynamo.send(new DeleteCommand({ TableName: table, Key: keyOf(runId) }));
    },

    of: async (runId) => {
      const halt = (await read(runId)) ?? (await read(undefined));
      return halt === undefined ? undefined : `${halt.by}: ${halt.reason}`;
    },
  };
}
