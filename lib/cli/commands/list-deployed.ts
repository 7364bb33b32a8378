import { asking } from '../../aws/command/aws-problem.ts';
import { launchersOf } from '../../aws/command/launchers.ts';
import { createDynamoPauses } from '../../aws/dynamo-pauses.ts';
import { createOneOffStarts } from '../../aws/one-off-starts.ts';
import { type EnvironmentFlags, openEnvironment } from '../aws/environment.ts';
import { type Outside, processOutside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, printJson, printLine } from '../io.ts';

/** Lists the experiments that are deployed in an environment, by whichever repository, which of them are paused, and which start once. */
export async function listDeployedCommand(
  io: Io,
  flags: EnvironmentFlags & { readonly json?: boolean | undefined },
  outside: Outside = processOutside(io),
): Promise<number> {
  const { id, account, region, names, connection } = await openEnvironment(io, flags, outside);
  const { dynamo, scheduler, tagging } = connection.clients;
  const { clock } = outside;
  const [launchers, pauses, starts] = await Promise.all([
    launchersOf(tagging, names),
    asking({ action: 'dynamodb:Query', resource: names.tableArn }, () =>
      createDynamoPauses({ dynamo, table: names.table }).list(),
    ),
    asking({ action: 'scheduler:ListSchedules' }, () =>
      createOneOffStarts({ scheduler, clock, names, place: { account, region } }).list(),
    ),
  ]);
  const experiments = launchers.map(({ experiment, arn }) => ({
    id: experiment,
    launcher: arn,
    paused: pauses.find((pause) => pause.experiment === experiment) ?? null,
    /** When it starts once, besides its schedule. */
    starts: starts.flatMap(({ launcherArn, at }) => (launcherArn === arn ? [at] : [])),
  }));
  if (flags.json === true) {
    printJson(io, { environment: id, account, region, experiments });
    return exitCode.fine;
  }
  printLine(io.stdout, `Deployed in ${id} (${account} ${region})`);
  for (const { id: experiment, paused, starts: once } of experiments) {
    const why = paused === null ? '' : `  paused by ${paused.by} at ${paused.at}: ${paused.reason}`;
    printLine(
      io.stdout,
      `  ${experiment}${once.length === 0 ? '' : `  starts once at ${once.join(', ')}`}${why}`,
    );
  }
  if (experiments.length === 0) printLine(io.stdout, `  nothing: npx cdk deploy --all -c env=${id}`);
  return exitCode.fine;
}
