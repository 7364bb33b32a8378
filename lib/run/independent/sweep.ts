import { createAttempts } from './attempts.ts';
import type { RunEnd } from './dead-run.ts';
import { endRun } from './end-run.ts';
import { type Fate, fateOf, isExpired, mustStop } from './fate.ts';
import { type Execution, type HeldLease, hasEnded, type OwnExperiment, type StopPorts } from './ports.ts';

/** What a sweep is about. */
export interface SweepScope {
  /** Only this run; everything where absent. */
  readonly runId?: string;
  /** By when it has to be done, since it is cut off soon afterwards. */
  readonly untilMs?: number;
}

/** What a sweep has done. */
export interface SweepReport {
  /** The FIS experiments whose end was asked for. */
  readonly stopped: readonly string[];
  /** The dead runs, and how far the end of each has come. */
  readonly ended: Readonly<Record<string, RunEnd>>;
  readonly expiredLeases: number;
  /** What could not be done, as sentences without a full stop; the next sweep tries it again. */
  readonly problems: readonly string[];
}

/** How long a sweep takes at the most, where nobody says otherwise: less than the function may run. */
const longestMs = 4 * 60_000;

/** So long back runs are looked for that nobody has written down: longer than the table and this function are out of order together. */
const adoptMs = 60 * 60_000;

/**
 * Ends what has outlived its run: every active FIS experiment of the environment without a live lease, and every run whose execution is
 * over although nobody recorded its end. It may run as often as anybody likes, several at once too.
 */
export async function sweep(ports: StopPorts, scope: SweepScope = {}): Promise<SweepReport> {
  const { clock } = ports;
  const { attempt, problems } = createAttempts();
  const untilMs = scope.untilMs ?? clock.now() + longestMs;
  const isMeant = ({ runId }: { readonly runId?: string }) =>
    scope.runId === undefined || runId === scope.runId;

  if (scope.runId === undefined) await adopt();

  /** Whose first step the table refused has left nothing behind but its execution. */
  async function adopt(): Promise<void> {
    const died = await attempt('the executions that died could not be listed', () =>
      ports.executions.died(clock.now() - adoptMs),
    );
    for (const run of died ?? [])
      await attempt(`run ${run.runId} could not be written down`, () => ports.runs.begin(run));
  }

  const [listed, leases, runs] = await Promise.all([
    attempt('FIS could not be read', () => ports.experiments.all()),
    attempt('the leases could not be read', () => ports.leases.all()),
    attempt('the runs under way could not be read', () => ports.runs.all()),
  ]);
  problems.push(...(listed?.untold ?? []));
  const experiments = listed?.own;
  const active = (experiments ?? []).filter((one) => isMeant(one) && !hasEnded(one));
  const under = (runs ?? []).filter(isMeant);
  const ids = new Set([...under, ...active].flatMap(({ runId }) => runId ?? []));
  const executions = new Map(await Promise.all([...ids].map(async (id) => [id, await settled(id)] as const)));

  /** How the run's execution is. One that nobody waits for any more is to stop too. */
  async function settled(runId: string): Promise<Execution> {
    const execution = await ports.executions.of(runId);
    if (execution.state !== 'running' || !execution.isOrphan) return execution;
    const why = execution.how;
    const stopped = await attempt(`the execution of run ${runId} could not be stopped`, async () => {
      await ports.executions.stop(runId, `Steadfast: ${why}`);
      return true;
    });
    return stopped === true ? { ...execution, state: 'ended' } : execution;
  }

  const nowMs = clock.now();
  const leasesOf = (runId: string) => leases?.filter((lease) => lease.runId === runId);
  const executionOf = (runId: string): Execution => executions.get(runId) ?? nobodyKnows;
  const fates = new Map<string, Fate>(
    under.map((run) => [run.runId, fateOf(run, leasesOf(run.runId) ?? [], executionOf(run.runId), nowMs)]),
  );
  const known = ({ runId }: OwnExperiment) =>
    runId === undefined
      ? undefined
      : {
          fate: fates.get(runId),
          leases: runs === undefined ? undefined : leasesOf(runId),
          execution: executionOf(runId),
        };

  const toStop = active.filter((one) => one.status !== 'stopping' && mustStop(one, known(one), nowMs));
  const stopped = await Promise.all(
    toStop.map(({ id }) =>
      attempt(`FIS experiment ${id} could not be stopped`, async () => {
        await ports.experiments.stop(id);
        return id;
      }),
    ),
  );
  const stoppedIds = stopped.filter((id) => id !== undefined);
  if (stoppedIds.length > 0) ports.count('FaultsStopped', stoppedIds.length);

  const expiredLeases = await clearLeases((leases ?? []).filter(isMeant));

  /** Takes away what has expired and belongs to nobody who could still give it back. */
  async function clearLeases(all: readonly HeldLease[]): Promise<number> {
    if (runs === undefined) return 0;
    const expired = all.filter((lease) => isExpired(lease, nowMs));
    if (expired.length > 0) ports.count('LeasesExpired', expired.length);
    // Those of dead runs are taken over until all is undone.
    const left = expired.filter(({ runId }) => fates.get(runId) !== 'dead');
    if (left.length > 0)
      await attempt('expired leases could not be taken away', () => ports.leases.remove(left));
    return expired.length;
  }

  const dead = under.filter(({ runId }) => fates.get(runId) === 'dead');
  const ends = await Promise.all(
    dead.map(async (run) => {
      const end = await attempt(`run ${run.runId} could not be ended`, () =>
        endRun({
          ports,
          run,
          execution: executionOf(run.runId),
          leases: leasesOf(run.runId) ?? [],
          experiments: experiments?.filter(({ runId }) => runId === run.runId),
          attempt,
          untilMs,
        }),
      );
      return [run.runId, end ?? 'failed'] as const;
    }),
  );
  return { stopped: stoppedIds, ended: Object.fromEntries(ends), expiredLeases, problems };
}

const nobodyKnows: Execution = {
  state: 'unreadable',
  how: 'nobody could tell how its execution is',
  byPerson: false,
  isOrphan: false,
};
