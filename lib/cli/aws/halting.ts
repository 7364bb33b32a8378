import { randomBytes } from 'node:crypto';
import { type KillSwitchReport, useKillSwitch } from '../../aws/command/kill-switch.ts';
import { activeExperiments, stopExperiment, writeHalt } from '../../aws/command/stop-directly.ts';
import { messageOf, type Problem, SteadfastError } from '../../experiment/steadfast-error.ts';
import type { OpenEnvironment } from './environment.ts';
import type { Outside } from './outside.ts';

/** What is to be ended. */
export interface HaltWish {
  /** Only this run; everything in the environment where absent. */
  readonly run?: string;
  readonly reason: string;
  readonly safetyLever?: boolean;
}

/** What has been ended, by whichever way. */
export interface Halted {
  readonly by: 'kill switch' | 'command';
  readonly stopped: readonly { readonly id: string; readonly runId?: string | undefined }[];
  /** The runs under way, which conclude by themselves now; unknown where the kill switch did not answer. */
  readonly runs: readonly string[] | undefined;
  readonly safetyLever: string | undefined;
}

/** Longer nobody waits for the kill switch while a fault may be running. */
const killSwitchWithinMs = 10_000;

/** Executions of the kill switch and their names are kept for 90 days: each start has one of its own. */
export const killSwitchName = (what: 'halt' | 'unlock', atMs: number): string =>
  `${what}-${new Date(atMs).toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${randomBytes(3).toString('hex')}`;

/**
 * Ends a run, or everything in an environment, at once: by its kill switch, and where that does not answer or cannot do all of it, from
 * here with the caller's own credentials.
 *
 * @throws SteadfastError `internal`, with what could not be done
 */
export async function haltNow(options: {
  readonly environment: OpenEnvironment;
  readonly outside: Outside;
  readonly wish: HaltWish;
  readonly tell: (text: string) => void;
}): Promise<Halted> {
  const { environment, outside, wish, tell } = options;
  const { run, reason, safetyLever } = wish;
  const { clock } = outside;
  const { sfn } = environment.connection.clients;
  try {
    const report = await useKillSwitch({
      sfn,
      clock,
      stateMachineArn: environment.names.haltArn,
      name: killSwitchName('halt', clock.timeOfDay?.() ?? clock.now()),
      request: {
        ...(run === undefined ? {} : { run }),
        reason,
        by: environment.caller.arn,
        ...(safetyLever === true ? { safetyLever: true } : {}),
      },
      withinMs: killSwitchWithinMs,
    });
    tellReport(report, tell);
    return { by: 'kill switch', ...report };
  } catch (thrown) {
    if (!(thrown instanceof SteadfastError)) throw thrown;
    tell(`${thrown.message}. Stopping the faults from here.`);
    return haltDirectly(options);
  }
}

function tellReport({ stopped, runs, safetyLever }: KillSwitchReport, tell: (text: string) => void): void {
  for (const { id, runId } of stopped)
    tell(`Stopped: FIS experiment ${id}${runId === undefined ? '' : ` of run ${runId}`}.`);
  if (stopped.length === 0) tell('No FIS experiment was active.');
  for (const run of runs) tell(`Concludes now: run ${run}.`);
  if (safetyLever !== 'not asked for') tell(`Safety lever: ${safetyLever}.`);
}

/** Each thing is tried, whatever else fails. */
async function haltDirectly({
  environment,
  outside,
  wish,
  tell,
}: Parameters<typeof haltNow>[0]): Promise<Halted> {
  const { names, caller } = environment;
  const { fis, dynamo } = environment.connection.clients;
  const { run, reason, safetyLever } = wish;
  const problems: Problem[] = [];
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (thrown) {
      problems.push({ code: 'not-done', path: [], message: messageOf(thrown) });
      return undefined;
    }
  };
  const atMs = outside.clock.timeOfDay?.() ?? outside.clock.now();
  const [, active = []] = await Promise.all([
    attempt(async () => {
      await writeHalt({ dynamo, names, run, reason, by: caller.arn, atMs });
      tell(
        run === undefined
          ? 'Written down: nothing may start until somebody unlocks.'
          : `Written down: ${run} is to end.`,
      );
    }),
    attempt(() => activeExperiments(fis, names, run)),
  ]);
  const stopped = await Promise.all(
    active.map((one) =>
      attempt(async () => {
        await stopExperiment(fis, one.id);
        tell(`Stopped: FIS experiment ${one.id}${one.runId === undefined ? '' : ` of run ${one.runId}`}.`);
        return one;
      }),
    ),
  );
  if (active.length === 0 && problems.length === 0) tell('No FIS experiment was active.');
  if (safetyLever === true) {
    const message =
      'the safety lever was not engaged: only the kill switch does that, so that unlock knows it for Steadfast’s';
    problems.push({
      code: 'not-done',
      path: [],
      message,
      hint: 'engage it in the FIS console, and disengage it there',
    });
  }
  if (problems.length > 0) {
    throw new SteadfastError('internal', 'not everything could be ended', {
      problems,
      hint: `stop what is left in the FIS console of ${environment.account} ${environment.region}`,
    });
  }
  return {
    by: 'command',
    stopped: stopped.filter((one) => one !== undefined),
    runs: undefined,
    safetyLever: undefined,
  };
}
