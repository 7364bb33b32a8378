import { DeleteCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { pausePartition } from '../plan/table-partitions.ts';
import type { Pause, Pauses } from '../run/ports.ts';
import { itemsOf } from './items-of.ts';
import { experimentOfPause, pauseKey } from './table-keys.ts';

const pauseSchema = z.object({
  sk: z.string(),
  reason: z._default(z.string(), 'no reason was given'),
  by: z._default(z.string(), 'somebody'),
  at: z._default(z.string(), 'a time that nobody wrote down'),
});

/** Whoever pauses and resumes experiments, too. */
export interface PauseTable extends Pauses {
  /** Replaces a pause that there is. */
  pause(pause: Pause): Promise<void>;
  /** The pause that is over now; undefined where there was none. */
  resume(experiment: string): Promise<Pause | undefined>;
  /** All of them, by experiment. */
  list(): Promise<readonly Pause[]>;
}

/** Pauses as items of an environment's table: a deploy does not undo them. */
export function createDynamoPauses(options: {
  readonly dynamo: DynamoDBDocumentClient;
  readonly table: string;
}): PauseTable {
  const { dynamo, table } = options;

  const read = (item: unknown): Pause => {
    const { sk, ...pause } = pauseSchema.parse(item);
    return { experiment: experimentOfPause(sk), ...pause };
  };

  const list = async (): Promise<Pause[]> => {
    const found = (await itemsOf({ dynamo, table }, pausePartition)).map(read);
    return found.toSorted((a, b) => (a.experiment < b.experiment ? -1 : 1));
  };

  return {
    list,

    // There are few pauses, if any: all of them take one read.
    paused: async (experiment) => (await list()).find((pause) => pause.experiment === experiment),

    pause: async ({ experiment, reason, by, at }) => {
      await dynamo.send(
        new PutCommand({ TableName: table, Item: { ...pauseKey(experiment), reason, by, at } }),
      );
    },

    resume: async (experiment) => {
      const { Attributes } = await dynamo.send(
        new DeleteCommand({ TableName: table, Key: pauseKey(experiment), ReturnValues: 'ALL_OLD' }),
      );
      return Attributes === undefined ? undefined : read(Attributes);
    },
  };
}
