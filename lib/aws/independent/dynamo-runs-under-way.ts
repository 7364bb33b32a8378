import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { endingSchema } from '../../run/independent/ending.ts';
import type { RunsUnderWay } from '../../run/independent/ports.ts';
import { liveRunSchema } from '../../run/live-run.ts';
import type { LiveRuns } from '../../run/ports.ts';
import { itemsOf } from '../items-of.ts';
import { liveRunKey, liveRunPartition } from '../table-keys.ts';

const runUnderWaySchema = z.extend(liveRunSchema, { ending: z.optional(endingSchema) });

/** The runs under way, for those who end the dead ones. Who may record an end is settled by the same claim as the runner's. */
export function createDynamoRunsUnderWay(options: {
  readonly dynamo: DynamoDBDocumentClient;
  readonly table: string;
  readonly liveRuns: Pick<LiveRuns, 'begin' | 'claim' | 'close'>;
}): RunsUnderWay {
  const { dynamo, table, liveRuns } = options;
  return {
    begin: async (run) => {
      await liveRuns.begin(run);
    },

    all: async () =>
      (await itemsOf({ dynamo, table }, liveRunPartition)).map((item) => {
        const { ending, ...run } = runUnderWaySchema.parse(item);
        return ending === undefined ? run : { ...run, ending };
      }),

    claim: async ({ runId, experiment, startedAtMs }, untilMs) =>
      (await liveRuns.claim({ runId, experiment, startedAtMs }, untilMs)).yours,

    saveEnding: async (runId, ending) => {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: liveRunKey(runId),
          UpdateExpression: 'SET ending = :ending',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':ending': ending },
        }),
      );
    },

    close: (record) => liveRuns.close(record),
  };
}
