import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { SafetyLever, SafetyLeverState } from '../admission-ports.ts';
import { iso } from '../iso.ts';
import type { Clock } from '../ports.ts';
import { createAttempts } from './attempts.ts';
import type { HaltBook, HaltItem } from './halt-ports.ts';
import { type Experiments, hasEnded, type OwnExperiment, type RunsUnderWay } from './ports.ts';

/** What somebody asks of the kill switch. */
export interface HaltRequest {
  /** Only this run; everything in the environment where absent. */
  readonly run?: string | undefined;
  readonly reason: string;
  readonly by: string;
  /** Engage FIS's safety lever too, or with `unlock` disengage it where Steadfast engaged it. */
  readonly safetyLever?: boolean | undefined;
}

/** Everything that the kill switch reaches of the world. */
export interface HaltPorts {
  readonly clock: Clock;
  readonly environment: string;
  readonly experiments: Experiments;
  readonly halts: HaltBook;
  readonly runs: Pick<RunsUnderWay, 'all'>;
  readonly lever: SafetyLever;
  /** Tells people and systems. */
  readonly tell: (told: {
    readonly subject: string;
    readonly body: string;
    readonly detail: object;
  }) => Promise<void>;
}

/** What the kill switch has done, and what it could not do. */
export interface HaltReport {
  readonly done: 'halted' | 'unlocked';
  readonly scope: string;
  readonly by: string;
  readonly reason: string;
  /** Whether new starts are refused from now on until somebody unlocks. */
  readonly locked: boolean;
  /** The FIS experiments whose end was asked for. */
  readonly stopped: readonly Pick<OwnExperiment, 'id' | 'runId' | 'templateId'>[];
  /** The runs that are under way, which conclude by themselves now. */
  readonly runs: readonly string[];
  readonly safetyLever: string;
  /** What could not be done, as sentences without a full stop. */
  readonly problems: readonly string[];
}

/** A run's halt is forgotten after so long: no run lasts longer than 16 hours (runner.asl.json). */
const keptMs = 48 * 60 * 60_000;

/**
 * Ends a run, or everything in the environment, at once. The wish is written down first, so that nothing new starts; then the faults are
 * stopped from here, since the runner may be wedged. What fails keeps nothing else from being stopped.
 */
export async function halt(ports: HaltPorts, request: HaltRequest): Promise<HaltReport> {
  const { clock, environment } = ports;
  const { run, reason, by } = request;
  const { attempt, problems } = createAttempts();
  const at = iso(clock.now());
  const before =
    run === undefined
      ? await attempt('the table could not be read', () => ports.halts.read(undefined))
      : undefined;
  const item: HaltItem = {
    reason,
    by,
    at,
    ...(run === undefined ? {} : { untilMs: clock.now() + keptMs }),
    // Who asks a second time must not make it forgotten that Steadfast engaged the lever.
    ...(before?.safetyLever === undefined ? {} : { safetyLever: before.safetyLever }),
  };
  const locked = await attempt(
    'the halt could not be written down, so new starts are not refused',
    async () => {
      await ports.halts.write(run, item);
      return true;
    },
  );
  const safetyLever =
    request.safetyLever === true && run === undefined ? await engage(ports, item, attempt) : 'not asked for';

  const stopped = await stopAll(ports, run, attempt);
  const under = (await attempt('the runs under way could not be read', () => ports.runs.all())) ?? [];
  const report: HaltReport = {
    done: 'halted',
    scope: run === undefined ? `everything in ${environment}` : `run ${run}`,
    by,
    reason,
    locked: locked === true && run === undefined,
    stopped,
    runs: under.flatMap(({ runId }) => (run === undefined || run === runId ? [runId] : [])),
    safetyLever,
    problems,
  };
  await attempt('nobody could be told', () => ports.tell(toldOf(report)));
  return report;
}

type Attempt = ReturnType<typeof createAttempts>['attempt'];

async function stopAll(ports: HaltPorts, run: string | undefined, attempt: Attempt) {
  const listed = await attempt('FIS could not be read', () => ports.experiments.all());
  for (const untold of listed?.untold ?? [])
    await attempt(untold, () => Promise.reject(new Error('look at it in the FIS console')));
  const meant = (listed?.own ?? []).filter(
    (one) => !hasEnded(one) && (run === undefined || one.runId === run),
  );
  const stopped = await Promise.all(
    meant.map((one) =>
      attempt(`FIS experiment ${one.id} could not be stopped`, async () => {
        await ports.experiments.stop(one.id);
        const { id, templateId, runId } = one;
        return { id, templateId, ...(runId === undefined ? {} : { runId }) };
      }),
    ),
  );
  return stopped.filter((one) => one !== undefined);
}

/** What is about to be done is written down before it is: a lever that nobody knows to be ours would stay engaged for ever. */
async function engage({ lever, halts }: HaltPorts, item: HaltItem, attempt: Attempt): Promise<string> {
  const state = await attempt("FIS's safety lever could not be read", () => lever.state());
  if (state?.status === 'engaged' || state?.status === 'engaging')
    return item.safetyLever === undefined
      ? `was engaged before, and not by Steadfast (${state.reason}): unlock leaves it engaged`
      : 'was engaged before by Steadfast';
  const isEngaged = await attempt("FIS's safety lever could not be engaged", async () => {
    await halts.write(undefined, { ...item, safetyLever: 'engaging' });
    confirm(await lever.engage(`Steadfast: ${item.by}: ${item.reason}`), 'engaged', 'engaging');
    return true;
  });
  if (isEngaged !== true) return 'could not be engaged';
  await attempt('the table does not know that the safety lever is engaged', () =>
    halts.write(undefined, { ...item, safetyLever: 'engaged' }),
  );
  return 'engaged: it stops and refuses every FIS experiment of the account in this Region, whoever started it';
}

/** What FIS does not confirm has not happened, as far as anybody can tell. */
function confirm({ status, reason }: SafetyLeverState, ...wanted: readonly string[]): void {
  if (!wanted.includes(status))
    throw new SteadfastError('internal', `FIS says that it is ${status} (${reason})`);
}

/** Lets runs start again. The safety lever is disengaged only where Steadfast engaged it. */
export async function unlock(ports: HaltPorts, request: HaltRequest): Promise<HaltReport> {
  const { run, by, reason } = request;
  const { attempt, problems } = createAttempts();
  const before = await attempt('the table could not be read', async () => ({
    item: await ports.halts.read(run),
  }));
  const isOurs = before?.item?.safetyLever !== undefined;
  const safetyLever = isOurs
    ? await disengage(ports, request, attempt)
    : 'was not engaged by Steadfast, and is left as it is';
  // Forgotten only once nothing depends on it any more.
  if (problems.length === 0) await attempt('the halt could not be taken away', () => ports.halts.remove(run));
  const report: HaltReport = {
    done: 'unlocked',
    scope: run === undefined ? `everything in ${ports.environment}` : `run ${run}`,
    by,
    reason,
    locked: problems.length > 0,
    stopped: [],
    runs: [],
    safetyLever,
    problems,
  };
  await attempt('nobody could be told', () => ports.tell(toldOf(report)));
  return report;
}

async function disengage(
  { lever }: HaltPorts,
  { by, reason }: HaltRequest,
  attempt: Attempt,
): Promise<string> {
  const done = await attempt("FIS's safety lever could not be disengaged", async () => {
    if ((await lever.state()).status !== 'disengaged')
      confirm(await lever.disengage(`Steadfast: ${by}: ${reason}`), 'disengaged');
    return true;
  });
  return done === true ? 'disengaged' : 'could not be disengaged';
}

function toldOf(report: HaltReport) {
  const { done, scope, by, reason, stopped, runs, safetyLever, problems } = report;
  const lines = [
    `${by} has ${done} ${scope}: ${reason}.`,
    '',
    ...(done === 'halted'
      ? [
          `FIS experiments stopped: ${stopped.map(({ id }) => id).join(', ') || 'none was active'}.`,
          `Runs under way, which conclude now: ${runs.join(', ') || 'none'}.`,
        ]
      : []),
    `Safety lever: ${safetyLever}.`,
    ...problems.map((problem) => `Could not be done: ${problem}.`),
    ...(done === 'halted' && report.locked ? ['', 'Nothing starts until somebody unlocks.'] : []),
  ];
  return { subject: `Steadfast: ${scope} ${done} by ${by}`, body: lines.join('\n'), detail: report };
}
