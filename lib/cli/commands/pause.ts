import { asking } from '../../aws/command/aws-problem.ts';
import { createDynamoPauses } from '../../aws/dynamo-pauses.ts';
import { type EnvironmentFlags, openEnvironment } from '../aws/environment.ts';
import { findLauncher } from '../aws/find-launcher.ts';
import { type Outside, processOutside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, printJson, printLine } from '../io.ts';

export interface PauseFlags extends EnvironmentFlags {
  readonly reason?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Has every start of an experiment refused until it is resumed, its schedule's too. A deploy does not undo it. */
export async function pauseCommand(
  io: Io,
  experiment: string,
  flags: PauseFlags,
  outside: Outside = processOutside(io),
): Promise<number> {
  const environment = await openEnvironment(io, flags, outside);
  const { names, connection, caller, id } = environment;
  // A slip of the pen would pause nothing, and nobody would notice.
  await findLauncher(environment, experiment);
  const { clock } = outside;
  const pause = {
    experiment,
    reason: flags.reason ?? 'no reason was given',
    by: caller.arn,
    at: new Date(clock.timeOfDay?.() ?? clock.now()).toISOString(),
  };
  const pauses = createDynamoPauses({ dynamo: connection.clients.dynamo, table: names.table });
  await asking({ action: 'dynamodb:PutItem', resource: names.tableArn }, () => pauses.pause(pause));
  if (flags.json === true) printJson(io, { environment: id, ...pause });
  else {
    printLine(
      io.stdout,
      `Paused: ${experiment} in ${id}. A run under way goes on; every start is rejected until:`,
    );
    printLine(io.stdout, `  npx steadfast resume ${experiment} --env ${id}`);
  }
  return exitCode.fine;
}

/** Lets an experiment start again. */
export async function resumeCommand(
  io: Io,
  experiment: string,
  flags: EnvironmentFlags & { readonly json?: boolean | undefined },
  outside: Outside = processOutside(io),
): Promise<number> {
  const { names, connection, id } = await openEnvironment(io, flags, outside);
  const pauses = createDynamoPauses({ dynamo: connection.clients.dynamo, table: names.table });
  const over = await asking({ action: 'dynamodb:DeleteItem', resource: names.tableArn }, () =>
    pauses.resume(experiment),
  );
  if (flags.json === true) printJson(io, { environment: id, experiment, over: over ?? null });
  else if (over === undefined) printLine(io.stdout, `${experiment} was not paused in ${id}.`);
  else
    printLine(
      io.stdout,
      `Resumed: ${experiment} in ${id}, which ${over.by} paused at ${over.at}: ${over.reason}`,
    );
  return exitCode.fine;
}
