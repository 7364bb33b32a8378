import { asking } from '../../aws/command/aws-problem.ts';
import type { DescribedLauncher } from '../../aws/command/launchers.ts';
import { createOneOffStarts } from '../../aws/one-off-starts.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { experimentOf } from '../../plan/runner-input.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, printJson, printLine } from '../io.ts';
import type { OpenEnvironment } from './environment.ts';
import type { Outside } from './outside.ts';

/** Has an experiment started once, at a time. Nobody is there then: what only a person decides cannot be asked for. */
export async function scheduleRun(
  io: Io,
  options: {
    readonly environment: OpenEnvironment;
    readonly launcher: DescribedLauncher;
    readonly at: Date;
    readonly flags: {
      readonly set?: readonly string[] | undefined;
      readonly stage?: number | undefined;
      readonly acceptInconclusive?: boolean | undefined;
      readonly json?: boolean | undefined;
    };
    readonly outside: Outside;
  },
): Promise<number> {
  const { environment, launcher, at, flags, outside } = options;
  if (flags.set !== undefined || flags.stage !== undefined || flags.acceptInconclusive === true) {
    throw new SteadfastError('usage', 'what starts at a time runs as it was deployed', {
      hint: 'leave out --set, --stage and --accept-inconclusive, or start it when it is time',
    });
  }
  const { names, connection, account, region, id } = environment;
  const starts = createOneOffStarts({
    scheduler: connection.clients.scheduler,
    clock: outside.clock,
    names,
    place: { account, region },
  });
  const { experiment, input } = launcher;
  const start = await asking({ action: 'scheduler:CreateSchedule', resource: names.schedulesArn }, () =>
    starts.add({ experiment, title: experimentOf(input).title, atMs: at.getTime() }),
  );
  if (flags.json === true) printJson(io, { environment: id, experiment, ...start });
  else {
    printLine(io.stdout, `Starts once: ${experiment} in ${id} at ${start.at}`);
    printLine(
      io.stdout,
      `Not to have it: aws scheduler delete-schedule --name ${start.name} --region ${region}`,
    );
  }
  return exitCode.fine;
}
