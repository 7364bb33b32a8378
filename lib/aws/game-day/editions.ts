import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { itemsOf } from '../items-of.ts';
import { editionKey, editionsPartition } from '../table-keys.ts';

const editionSchema = z.object({
  edition: z.string(),
  gameDay: z.string(),
  title: z.string(),
  /** ISO 8601, UTC. */
  beganAt: z.string(),
  /** The execution of the game day's machine that holds it. */
  execution: z.string(),
  /** When its protocol was over; absent while it goes on. */
  closedAt: z.optional(z.string()),
  /** Its machine died before that, and somebody else recorded it as ended. */
  died: z.optional(z.string()),
});

/** An edition of a game day, as the index of editions keeps it. */
export type Edition = z.output<typeof editionSchema>;

/** The editions of an environment's game days. */
export interface Editions {
  /** All there are, the oldest first. */
  all(): Promise<readonly Edition[]>;
  /** Writes one down; again replaces what was known of it. */
  save(edition: Edition): Promise<void>;
}

/** The index of editions as items of the environment's table. A year of monthly game days is a dozen items: they are read at once. */
export function createEditions(options: {
  readonly dynamo: DynamoDBDocumentClient;
  readonly table: string;
}): Editions {
  const { dynamo, table } = options;
  return {
    all: async () => z.array(editionSchema).parse(await itemsOf({ dynamo, table }, editionsPartition)),
    save: async (edition) => {
      const { beganAt, edition: id } = edition;
      await dynamo.send(
        new PutCommand({ TableName: table, Item: { ...editionKey(beganAt, id), ...edition } }),
      );
    },
  };
}
