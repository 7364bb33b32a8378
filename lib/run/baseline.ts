import type { RunContext, Step } from './context.ts';
import { iso, note, observationKeys, recordFinding } from './context.ts';
import { inWords, readGuards } from './guard-states.ts';
import { judgeSoFar } from './judge-so-far.ts';
import { loseLease, stillHeld } from './lease.ts';
import { observeSlice } from './observe-slice.ts';
import { trySelfChecks } from './try-self-checks.ts';

/**
 * Observes a slice of the baseline. After the last one the steady state must be met, with samples enough to say so, and every guard
 * must have data and be OK.
 */
export const baseline: Step = async (context, before) => {
  const { ports, runId } = context;
  const phase = before.phase ?? { startMs: ports.clock.now(), endMs: ports.clock.now(), slice: 0 };
  if (!(await stillHeld(context, before))) return loseLease(context, before);
  const isFirst = phase.slice === 0;
  const state = isFirst ? { ...before, selfChecks: await trySelfChecks(context) } : before;
  if (isFirst) {
    await note(context, 'baseline', 'phase', 'The baseline began.');
    await ports.store.saveObservations(runId, observationKeys.start(observationKeys.baseline), [
      { at: iso(phase.startMs), mark: 'baseline-start' },
    ]);
  }
  ports.progress.tell({
    kind: 'phase',
    atMs: ports.clock.now(),
    phase: 'baseline',
    waitingFor: 'steady state, before any fault',
    untilMs: phase.endMs,
  });

  let halt: string | undefined;
  const { endedMs } = await observeSlice(context, state, phase, observationKeys.baseline, {
    onTick: async () => {
      halt = (await ports.halts.requested(runId))?.reason;
      return halt !== undefined;
    },
  });
  if (halt !== undefined) {
    await recordFinding(context, 'halt', {
      code: 'halted-by-person',
      verdict: 'halted',
      message: `Ended before any fault: ${halt}.`,
    });
    return { ...state, next: 'conclude' };
  }
  if (endedMs < phase.endMs)
    return { ...state, next: 'baseline', phase: { ...phase, slice: phase.slice + 1 } };

  const unhealthy = (await judgeSoFar(context)).findings.some((finding) => finding.verdict === 'rejected');
  if (unhealthy || !(await guardsAreOk(context))) return { ...state, next: 'conclude' };
  return { ...state, next: 'startStage', stage: 0, phase: undefined };
};

async function guardsAreOk(context: RunContext): Promise<boolean> {
  const bad = (await readGuards(context, Object.keys(context.input.guards))).filter(
    ({ state }) => state !== 'ok',
  );
  if (bad.length === 0) return true;
  await recordFinding(context, 'guards', {
    code: 'guard-not-ok',
    verdict: 'rejected',
    rejection: 'guard',
    message: `Immediately before the first fault, ${inWords(bad)}.`,
    hint: 'A guard must have data and be OK, or it could not end the fault.',
  });
  return false;
}
