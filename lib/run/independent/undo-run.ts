import { messageOf } from '../../experiment/steadfast-error.ts';
import { iso } from '../iso.ts';
import type { RollbackResult } from '../journal.ts';
import { type PendingUndo, pendingOf } from '../live-run.ts';
import { claimMs, type DeadRun } from './dead-run.ts';
import type { Ending } from './ending.ts';
import type { Undoing } from './ports.ts';

/** A rollback is tried for so many times its time-out, and never for less than ten minutes: nobody else is there to try it. */
const tries = 3;
const leastMs = 10 * 60_000;
/** Traffic ends by itself when what was asked for is over, ten minutes later at the most. */
const trafficMs = 15 * 60_000;

/** What came of it, and whether there is nothing left that could still be tried. */
export interface Undone {
  readonly ending: Ending;
  readonly isUndone: boolean;
}

/** Does what the run's ledger says is left to do: its rollbacks, each once a sweep until it is proven or its time is up, and its traffic. */
export async function undoRun(dead: DeadRun, begun: Ending): Promise<Undone> {
  const pending = pendingOf(dead.run);
  const rollbacks = pending.filter(
    ({ what, name }) => what === 'rollback' && begun.rollbacks[name]?.result !== 'proven',
  );
  const traffic = pending.filter(({ what }) => what === 'traffic');
  if (rollbacks.length + traffic.length === 0) return { ending: begun, isUndone: true };

  const { ports, run, attempt } = dead;
  const undoing = await attempt(`the plan of run ${run.runId} could not be read`, async () => ({
    plan: await ports.plans.of(run.runId),
  }));
  // Nobody can undo it, and nobody ever will.
  const isHopeless = undoing !== undefined && undoing.plan === undefined;
  let ending = begun;
  let isUndone = true;
  for (const { name } of rollbacks) {
    const result = await rollBack(dead, undoing?.plan, name);
    ending = { ...ending, rollbacks: { ...ending.rollbacks, [name]: result } };
    await ports.runs.saveEnding(run.runId, ending);
    const timeoutMs = undoing?.plan?.timeoutMs(name) ?? 0;
    const giveUpMs = (ending.faultsEndedMs ?? ending.sinceMs) + Math.max(leastMs, tries * timeoutMs);
    if (result.result !== 'proven' && !isHopeless && ports.clock.now() < giveUpMs) isUndone = false;
  }
  for (const one of traffic) {
    const problem = await stopTraffic(dead, undoing?.plan, one);
    ending = { ...ending, trafficProblem: problem };
    if (problem !== undefined && !isHopeless && ports.clock.now() < ending.sinceMs + trafficMs)
      isUndone = false;
  }
  return { ending, isUndone };
}

async function rollBack(
  { ports, run, attempt, untilMs }: DeadRun,
  undoing: Undoing | undefined,
  name: string,
): Promise<RollbackResult> {
  const nowMs = ports.clock.now();
  if (undoing === undefined)
    return { name, result: 'failed', detail: "the run's plan could not be read", at: iso(nowMs) };
  const endMs = Math.min(nowMs + undoing.timeoutMs(name), untilMs);
  await attempt(`run ${run.runId} could not be kept`, () => ports.runs.claim(run, endMs + claimMs));
  const result = await undoing.rollBack(name, endMs);
  if (result.result !== 'proven')
    await attempt(`rollback ${name} of run ${run.runId}`, () => Promise.reject(new Error(result.detail)));
  return result;
}

async function stopTraffic(
  { run, attempt }: DeadRun,
  undoing: Undoing | undefined,
  { at }: PendingUndo,
): Promise<string | undefined> {
  if (undoing === undefined) return "the run's plan could not be read";
  let problem: string | undefined;
  await attempt(`the traffic of run ${run.runId} could not be stopped`, async () => {
    try {
      await undoing.stopTraffic(Date.parse(at));
    } catch (cause) {
      problem = messageOf(cause);
      throw cause;
    }
  });
  return problem;
}
