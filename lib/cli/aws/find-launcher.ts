import { type DescribedLauncher, describeLauncher, launchersOf } from '../../aws/command/launchers.ts';
import { suggest } from '../../definitions/suggest.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { OpenEnvironment } from './environment.ts';

/**
 * The launcher of an experiment in an environment, whichever repository deployed it. A new tag takes a while to be found: what the tags
 * do not show is looked for by its name.
 *
 * @throws SteadfastError `unknown-id`
 */
export async function findLauncher(
  { id, account, region, names, connection }: OpenEnvironment,
  experiment: string,
): Promise<DescribedLauncher> {
  const { sfn, tagging } = connection.clients;
  const deployed = await launchersOf(tagging, names);
  const launcher = deployed.find((one) => one.experiment === experiment) ?? {
    experiment,
    arn: names.launcherArn(experiment),
  };
  const described = await describeLauncher(sfn, launcher);
  if (described !== undefined) return described;
  const known = deployed.map((one) => one.experiment);
  const meant = suggest(experiment, known);
  throw new SteadfastError(
    'unknown-id',
    `there is no experiment '${experiment}' in ${id} (${account} ${region})`,
    {
      hint:
        meant !== undefined
          ? `did you mean '${meant}'?`
          : known.length > 0
            ? `deployed there: ${known.join(', ')}`
            : `nothing is deployed there: npx cdk deploy --all -c env=${id}`,
    },
  );
}
