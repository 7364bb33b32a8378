import { type Baseline, effectIn } from '../steady-state/baseline-series.ts';
import { strengthening, underpowered, unhealthyFindings } from '../steady-state/findings.ts';
import { baselineOf, seriesOfBaseline } from '../steady-state/gather-phases.ts';
import type { PowerStatement } from '../steady-state/judgement.ts';
import { limitsOf } from '../steady-state/limit.ts';
import { powerStatements } from '../steady-state/power-statements.ts';
import type { DesignEffects } from '../steady-state/watch.ts';
import type { RunContext, Step } from './context.ts';
import { note, observationKeys, recordFinding } from './context.ts';
import { gatherSoFar } from './gather-so-far.ts';
import { guardHint, inWords, readGuards } from './guard-states.ts';
import { iso } from './iso.ts';
import { loseLease, stillHeld } from './lease.ts';
import { observeSlice } from './observe-slice.ts';
import { keepTraffic } from './traffic.ts';
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
  const kept = await keepTraffic(context, before);
  const state = isFirst ? { ...kept, selfChecks: await trySelfChecks(context) } : kept;
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
  const { endedMs, next } = await observeSlice(context, state, phase, observationKeys.baseline, {
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
  if (endedMs < phase.endMs) return { ...state, next: 'baseline', phase: next };

  const gathered = await gatherSoFar(context);
  const judged = baselineOf(gathered);
  const series = seriesOfBaseline(gathered);
  const power =
    judged === undefined
      ? []
      : powerStatements(context.experiment, gathered.specs, series, context.input.pace);
  const unhealthy = unhealthyFindings(judged?.tolerances, false).length > 0;
  if (unhealthy || !(await isPowerful(context, power)) || !(await guardsAreOk(context)))
    return { ...state, next: 'conclude' };
  const designEffects = effectsOf(context, series);
  return { ...state, next: 'startStage', stage: 0, phase: undefined, designEffects };
};

/** What the watch must know of how samples follow one another; a probe whose samples are independent is left out. */
function effectsOf({ specs }: RunContext, series: Baseline): DesignEffects {
  return Object.fromEntries(
    specs.flatMap((spec) => {
      const effects = limitsOf(spec.tolerances)
        .map((limit) => [limit.tolerance, effectIn(series, spec.name, limit)] as const)
        .filter(([, effect]) => effect > 1);
      return effects.length === 0 ? [] : [[spec.name, Object.fromEntries(effects)]];
    }),
  );
}

/** Whether the stages can see what their tolerances are about; asked before anything is injected. */
async function isPowerful(context: RunContext, power: readonly PowerStatement[]): Promise<boolean> {
  const weak = power.filter(({ enough }) => !enough);
  if (weak.length === 0 || context.input.acceptInconclusive === true) return true;
  for (const one of weak) {
    await recordFinding(context, `power-${one.stage ?? 'recovery'}-${one.probe}-${one.tolerance}`, {
      code: 'underpowered',
      verdict: 'rejected',
      rejection: 'underpowered',
      probe: one.probe,
      message: underpowered(one),
      hint: `${strengthening(one)} With --accept-inconclusive it runs all the same, and can never be held.`,
    });
  }
  return false;
}

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
    hint: `A guard must have data and be OK, or it could not end the fault. ${guardHint(bad) ?? ''}`.trim(),
  });
  return false;
}
