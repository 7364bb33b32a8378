import type { Baseline } from '../steady-state/baseline-series.ts';
import { seriesOfBaseline } from '../steady-state/gather-phases.ts';
import { isMark, type Observation } from '../steady-state/observation.ts';
import { controlsOf, type Seen, see } from '../steady-state/probe-spec.ts';
import { isShownLate, judgeRecovery } from '../steady-state/recovery/judge-recovery.ts';
import { proofMs, recoveryRule } from '../steady-state/recovery/recovery-rule.ts';
import {
  note,
  observationKeys,
  type RunContext,
  recordFailures,
  recordFinding,
  type Step,
} from './context.ts';
import { gatherSoFar } from './gather-so-far.ts';
import { iso } from './iso.ts';
import { keepLease } from './lease.ts';
import { observeSlice } from './observe-slice.ts';
import { keepTraffic } from './traffic.ts';

/** Between two judgements of whether steady state is back: each looks at all that was seen, so the longer it lasts, the more rarely. */
const judgeEveryMs = (lastedMs: number) => Math.max(500, lastedMs / 20);

/**
 * Observes a slice of the recovery, until steady state is shown to be back, or shown not to have been back by the deadline, or the time to
 * prove it has passed.
 */
export const recover: Step = async (context, before) => {
  const { ports, runId, specs, input, experiment } = context;
  const state = await keepTraffic(context, await recordFailures(context, before));
  await keepLease(context, state);
  const rule = recoveryRule(experiment.recovery, input.pace);
  const faultEndMs = state.faultEndMs ?? ports.clock.now();
  const baseline = await baselineSeries(context);
  const phase = state.phase ?? {
    startMs: faultEndMs,
    endMs: faultEndMs + rule.objectiveMs + proofMs(specs, rule, baseline),
    slice: 0,
  };
  if (phase.slice === 0) await note(context, 'recovery', 'phase', 'Recovery: steady state must come back.');
  ports.progress.tell({
    kind: 'phase',
    atMs: ports.clock.now(),
    phase: 'recover',
    waitingFor: 'steady state to come back',
    untilMs: faultEndMs + rule.objectiveMs,
  });

  const seen = await seenBefore(context, phase.slice);
  let settled = false;
  // Nothing is left to end, and recovery is looked for all the same: but a run that a person wished to end has not held.
  let wish = state.halt?.by === 'person' ? 'told' : undefined;
  let lastJudgedMs = ports.clock.now();
  const controls = controlsOf(experiment);
  const isSettledBy = (untilMs: number): boolean => {
    const question = { specs, rule, baseline, controls, faultEndMs, untilMs, seen };
    return judgeRecovery(question).state === 'back' || isShownLate(question);
  };
  const { endedMs, next } = await observeSlice(
    context,
    { ...state, runId },
    phase,
    observationKeys.recovery,
    {
      onSample: (probe, one) => seen.get(probe)?.push(one),
      onTick: async (nowMs, _alarm, settledMs) => {
        if (wish === undefined) {
          wish = (await ports.halts.requested(runId))?.reason;
          if (wish !== undefined) await recordWish(context, wish);
        }
        if (nowMs - lastJudgedMs < judgeEveryMs(nowMs - faultEndMs)) return false;
        lastJudgedMs = nowMs;
        settled = isSettledBy(settledMs);
        return settled;
      },
    },
  );
  if (!settled && endedMs < phase.endMs) return { ...state, next: 'recover', phase: next };
  await ports.store.saveObservations(runId, observationKeys.end(observationKeys.recovery), [
    { at: iso(endedMs), mark: 'recovery-end' },
  ]);
  return { ...state, next: 'conclude', phase: undefined };
};

const recordWish = (context: RunContext, reason: string): Promise<void> =>
  recordFinding(context, 'halt', {
    code: 'halted-by-person',
    verdict: 'halted',
    message: `A person asked for the run's end after the fault: ${reason}.`,
  });

/** What the slices before this one saw. A slice that is repeated replaces what it saw the first time, so that does not count. */
async function seenBefore(context: RunContext, slice: number): Promise<Map<string, Seen[]>> {
  const all = [...context.specs, ...context.controls];
  const seen = new Map<string, Seen[]>(all.map((spec) => [spec.name, []]));
  for await (const observation of slicesBefore(context, slice)) {
    const spec = isMark(observation) ? undefined : all.find((one) => one.name === observation.probe);
    if (spec !== undefined && !isMark(observation)) seen.get(spec.name)?.push(see(spec, observation));
  }
  return seen;
}

async function* slicesBefore({ ports, runId }: RunContext, slice: number): AsyncGenerator<Observation> {
  for (let index = 0; index < slice; index += 1)
    yield* ports.store.observations(runId, observationKeys.slice(observationKeys.recovery, index));
}

/** Of the baseline's own samples: after hours of faults all that was seen is too much to read again for each slice. */
const baselineSeries = async (context: RunContext): Promise<Baseline> =>
  seriesOfBaseline(await gatherSoFar(context, observationKeys.baseline));
