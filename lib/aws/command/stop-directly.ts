import {
  type ExperimentSummary,
  type FisClient,
  paginateListExperiments,
  StopExperimentCommand,
} from '@aws-sdk/client-fis';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tagKeys } from '../../plan/aws-names.ts';
import type { EnvironmentNames } from '../../plan/environment-names.ts';
import { haltAllKey, haltKey } from '../table-keys.ts';
import { asking } from './aws-problem.ts';

/** An FIS experiment of an environment that has not ended. */
export interface ActiveExperiment {
  readonly id: string;
  readonly runId: string | undefined;
}

/** FIS's last states ("Experiment states" of its user guide): whatever else it says may still be a fault. */
const ended = ['cancelled', 'completed', 'failed', 'stopped'];

/** The FIS experiments of an environment that have not ended, of one run or of all. */
export async function activeExperiments(
  fis: FisClient,
  { id }: EnvironmentNames,
  run: string | undefined,
): Promise<ActiveExperiment[]> {
  const all: ExperimentSummary[] = [];
  await asking({ action: 'fis:ListExperiments' }, async () => {
    for await (const { experiments = [] } of paginateListExperiments({ client: fis }, {}))
      all.push(...experiments);
  });
  return all.flatMap(({ id: experimentId, state, tags = {} }) => {
    const runId = tags[tagKeys.run];
    const isOurs = tags[tagKeys.environment] === id && (run === undefined || runId === run);
    if (experimentId === undefined || !isOurs || ended.includes(state?.status ?? '')) return [];
    return [{ id: experimentId, runId }];
  });
}

export const stopExperiment = (fis: FisClient, id: string): Promise<unknown> =>
  asking({ action: 'fis:StopExperiment', resource: `experiment/${id}` }, () =>
    fis.send(new StopExperimentCommand({ id })),
  );

/** A run's halt is forgotten after so long: no run lasts longer than 16 hours (runner.asl.json). */
const keptSeconds = 48 * 3_600;

/** Writes the wish to end a run, or all, where the runner and admission look for it. What is known of the safety lever stays. */
export async function writeHalt(options: {
  readonly dynamo: DynamoDBDocumentClient;
  readonly names: EnvironmentNames;
  readonly run: string | undefined;
  readonly reason: string;
  readonly by: string;
  readonly atMs: number;
}): Promise<void> {
  const { dynamo, names, run, reason, by, atMs } = options;
  await asking({ action: 'dynamodb:UpdateItem', resource: names.tableArn }, () =>
    dynamo.send(
      new UpdateCommand({
        TableName: names.table,
        Key: run === undefined ? haltAllKey : haltKey(run),
        UpdateExpression: `SET reason = :reason, #by = :by, #at = :at${run === undefined ? '' : ', expiresAt = :expires'}`,
        // BY and AT are words of DynamoDB's own ("Reserved words").
        ExpressionAttributeNames: { '#by': 'by', '#at': 'at' },
        ExpressionAttributeValues: {
          ':reason': reason,
          ':by': by,
          ':at': new Date(atMs).toISOString(),
          ...(run === undefined ? {} : { ':expires': Math.ceil(atMs / 1_000) + keptSeconds }),
        },
      }),
    ),
  );
}
