import { pendingOf } from '../live-run.ts';
import { claimMs, type DeadRun, type RunEnd } from './dead-run.ts';
import type { Ending } from './ending.ts';
import { hasEnded, type StopPorts } from './ports.ts';
import { recordEnd } from './record-end.ts';
import { undoRun } from './undo-run.ts';

/** Nobody else gets the services of a run before what it began is undone; each sweep asks for as long again. */
const holdMs = 10 * 60_000;
/** How long a sweep waits for faults to end; the next one goes on. */
const patienceMs = 30_000;
const pollMs = 2_000;
/** Stopping includes the actions that FIS itself undoes; longer than this and a person is needed. The same as the runner's. */
const longestStopMs = 20 * 60_000;
/** A function whose execution is over may run on to its own time-out (80 s, lib/plan/function-sizes.ts) and start a fault. */
const settleMs = 100_000;

/**
 * Ends a run for which nobody else does, as far as this sweep can: fences it off, sees its faults to their end, undoes what its
 * ledger names, records it and tells of it once.
 */
export async function endRun(dead: DeadRun): Promise<RunEnd> {
  const { ports, run, leases, attempt } = dead;
  const { clock, runs } = ports;
  const { runId } = run;
  await attempt(`the leases of run ${runId} could not be taken over`, () =>
    ports.leases.takeOver(leases, clock.now() + holdMs),
  );
  if (!(await runs.claim(run, clock.now() + claimMs))) return 'another ends it';
  const end = await endClaimed(dead, await begin(dead));
  // Given back, so that the next sweep need not wait until it is over.
  if (end !== 'recorded')
    await attempt(`run ${runId} could not be given back`, () => runs.claim(run, clock.now() - 1));
  return end;
}

/** What is known of the end from the first moment on. A fault that was started late has to be undone too, whatever was undone before. */
async function begin({ ports, run, execution, experiments = [] }: DeadRun): Promise<Ending> {
  const nowMs = ports.clock.now();
  const halt = await haltOf(ports, run.runId);
  const before: Ending = run.ending ?? {
    sinceMs: nowMs,
    by: halt !== undefined || execution.byPerson ? 'person' : 'steadfast',
    how: halt === undefined ? `${execution.how}.` : `A halt was asked for (${halt}), and ${execution.how}.`,
    seen: [],
    stopped: [],
    rollbacks: {},
    told: [],
  };
  const active = experiments.filter((one) => !hasEnded(one)).map(({ id }) => id);
  // Another sweep may have stopped it while it could not end the run: what nobody has seen is late, also where it has ended by now.
  const faults = experiments.filter(({ skipsActions }) => !skipsActions).map(({ id }) => id);
  const isLate = faults.some((id) => !before.seen.includes(id));
  const { faultsEndedMs, rollbacks, ...rest } = before;
  const ending: Ending = {
    ...rest,
    seen: [...new Set([...before.seen, ...faults])],
    stopped: [...new Set([...before.stopped, ...active])],
    rollbacks: isLate ? {} : rollbacks,
    ...(isLate || faultsEndedMs === undefined ? {} : { faultsEndedMs }),
  };
  await ports.runs.saveEnding(run.runId, ending);
  return ending;
}

/** Where the table does not say, nobody asked. */
async function haltOf({ halts }: StopPorts, runId: string): Promise<string | undefined> {
  try {
    return await halts.of(runId);
  } catch {
    return undefined;
  }
}

async function endClaimed(dead: DeadRun, begun: Ending): Promise<RunEnd> {
  const { ports, run } = dead;
  const { clock, runs } = ports;
  const unended = await waitForFaults(dead);
  const overdue = clock.now() >= begun.sinceMs + longestStopMs;
  if (unended.length > 0 && !overdue) return 'its faults have not ended';

  const faultsEndedMs = begun.faultsEndedMs ?? clock.now();
  const { ending, isUndone } = await undoRun(dead, { ...begun, faultsEndedMs });
  await runs.saveEnding(run.runId, ending);
  if (!isUndone) return 'it is being undone';
  const mayStillStart = pendingOf(run).some(({ what }) => what === 'fault');
  if (mayStillStart && clock.now() < begun.sinceMs + settleMs) return 'a start may still land';
  return (await recordEnd(dead, ending, unended)) ? 'recorded' : 'it is to be recorded and told of';
}

/** Waits for the run's faults to end; gives what has not. What FIS does not tell of has not. */
async function waitForFaults({ ports, run, experiments, attempt, untilMs }: DeadRun): Promise<string[]> {
  const { clock } = ports;
  if (experiments === undefined) return ['of which FIS does not tell'];
  const giveUpMs = Math.min(untilMs, clock.now() + patienceMs);
  let left = experiments.filter((one) => !hasEnded(one)).map(({ id }) => id);
  while (left.length > 0) {
    const looked = await Promise.all(
      left.map(async (id) => {
        const status = await attempt(`FIS experiment ${id} of run ${run.runId} could not be read`, () =>
          ports.experiments.status(id),
        );
        return status !== undefined && hasEnded({ status }) ? [] : [id];
      }),
    );
    left = looked.flat();
    if (left.length === 0 || clock.now() >= giveUpMs) break;
    await clock.sleep(pollMs);
  }
  return left;
}
