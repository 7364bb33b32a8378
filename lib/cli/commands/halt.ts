import { useKillSwitch } from '../../aws/command/kill-switch.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { confirmed } from '../aws/asking-person.ts';
import { type EnvironmentFlags, type OpenEnvironment, openEnvironment } from '../aws/environment.ts';
import { haltNow, killSwitchName } from '../aws/halting.ts';
import { type Outside, processOutside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, printJson, printLine } from '../io.ts';

export interface HaltFlags extends EnvironmentFlags {
  readonly all?: boolean | undefined;
  readonly safetyLever?: boolean | undefined;
  readonly reason?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/**
 * Ends a run, or everything in an environment, at once.
 *
 * @throws SteadfastError `unknown-id` where the run is not under way, `internal` where not everything could be ended
 */
export async function haltCommand(
  io: Io,
  run: string | undefined,
  flags: HaltFlags,
  outside: Outside = processOutside(io),
): Promise<number> {
  refuseUnclear(run, flags);
  const environment = await openEnvironment(io, flags, outside);
  if (run === undefined) await confirm(environment, flags, outside);
  const halted = await haltNow({
    environment,
    outside,
    wish: {
      ...(run === undefined ? {} : { run }),
      reason: flags.reason ?? 'asked for on the command line',
      ...(flags.safetyLever === true ? { safetyLever: true } : {}),
    },
    tell: (text) => printLine(io.stderr, text),
  });
  if (run !== undefined && halted.runs?.includes(run) === false && halted.stopped.length === 0) {
    throw new SteadfastError('unknown-id', `no run '${run}' is under way in ${environment.id}`, {
      hint: `steadfast runs --env ${environment.id} lists them; one of that id that is just being started ends at once`,
    });
  }
  if (flags.json === true) printJson(io, { environment: environment.id, run: run ?? null, ...halted });
  else if (run === undefined)
    printLine(
      io.stdout,
      `Halted ${environment.id}: nothing starts there until: npx steadfast unlock --env ${environment.id}`,
    );
  else
    printLine(
      io.stdout,
      `Halted: the run rolls back, recovers and concludes: npx steadfast show ${run} --env ${environment.id}`,
    );
  return exitCode.fine;
}

function refuseUnclear(run: string | undefined, { all, safetyLever }: HaltFlags): void {
  const usage = (message: string, hint: string) => new SteadfastError('usage', message, { hint });
  if (run === undefined && all !== true)
    throw usage('say what to halt', 'a run, or --all for everything in the environment');
  if (run !== undefined && all === true) throw usage('say either a run or --all', `--all halts ${run} too`);
  if (run !== undefined && safetyLever === true)
    throw usage('the safety lever ends more than one run', 'use it with --all');
}

/** What the lever reaches is other people's: it wants more than a letter. */
const leverWords = 'every team';

async function confirm(
  { id, account, region }: OpenEnvironment,
  { yes, safetyLever }: HaltFlags,
  { ask }: Outside,
): Promise<void> {
  await confirmed({
    ask,
    yes,
    what:
      safetyLever === true
        ? `The safety lever stops the FIS experiments of every team in the account ${account} in ${region}, and refuses new ones.`
        : `This ends every run in ${id} (${account} ${region}), and refuses new ones until it is unlocked.`,
    words: safetyLever === true ? leverWords : 'yes',
    otherwise: 'nothing was halted',
  });
}

export interface UnlockFlags extends EnvironmentFlags {
  readonly reason?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Unlocking may have the safety lever disengaged, of which FIS tells only after a while. */
const unlockWithinMs = 60_000;

/** Lets runs start again in an environment that was halted. The safety lever is disengaged where Steadfast engaged it. */
export async function unlockCommand(
  io: Io,
  flags: UnlockFlags,
  outside: Outside = processOutside(io),
): Promise<number> {
  const environment = await openEnvironment(io, flags, outside);
  const { clock } = outside;
  const report = await useKillSwitch({
    sfn: environment.connection.clients.sfn,
    clock,
    stateMachineArn: environment.names.haltArn,
    name: killSwitchName('unlock', clock.timeOfDay?.() ?? clock.now()),
    request: {
      unlock: true,
      reason: flags.reason ?? 'asked for on the command line',
      by: environment.caller.arn,
    },
    withinMs: unlockWithinMs,
  });
  if (flags.json === true) printJson(io, { environment: environment.id, ...report });
  else {
    printLine(io.stdout, `Unlocked ${environment.id}: runs may start again.`);
    printLine(io.stdout, `Safety lever: ${report.safetyLever}.`);
  }
  return exitCode.fine;
}
