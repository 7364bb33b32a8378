import type { Journal } from '../../run/journal.ts';
import type { ToleranceJudgement } from '../../steady-state/judgement.ts';
import type { ToldDefinition } from './definition.ts';
import { probeActivity } from './probes.ts';
import type { ChaosToolkitJournal, ProbeRun, State } from './schema.ts';
import { span } from './time.ts';

/** A stretch of the run over which tolerances were judged. */
interface Stretch {
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly tolerances: readonly ToleranceJudgement[];
}

/**
 * The steady state before, while and after the fault was there. `after` is met only where recovery is proven as well. Nothing stands for
 * a stretch that was not reached or in which nothing was judged.
 */
export function steadyStates(
  journal: Journal,
  definition: ToldDefinition,
): ChaosToolkitJournal['steady_states'] {
  const { baseline, stages, recovery } = journal;
  const stateOf = (stretch: Stretch): State => ({
    steady_state_met: metIn(stretch.tolerances),
    probes: stretch.tolerances.map((judged) => probeRun(judged, stretch, journal, definition)),
  });
  const during = stages.flatMap(({ soak, ...stage }): Stretch[] =>
    soak === undefined ? [stage] : [stage, soak],
  );
  const after = recovery && stateOf({ start: endOfFault(journal), end: journal.end, ...recovery });
  return {
    before: baseline.tolerances.length === 0 ? null : stateOf(baseline),
    after: after === undefined ? null : { ...after, steady_state_met: backIn(recovery?.met, after) },
    during: during.filter(({ tolerances }) => tolerances.length > 0).map(stateOf),
  };
}

/** Whether all are met; null where none is missed and one is unknown, or there is none. */
function metIn(tolerances: readonly ToleranceJudgement[]): boolean | null {
  if (tolerances.some(({ state }) => state === 'missed')) return false;
  return tolerances.length > 0 && tolerances.every(({ state }) => state === 'met') ? true : null;
}

const backIn = (met: boolean | undefined, after: State): boolean | null =>
  met === false
    ? false
    : met === true
      ? after.steady_state_met
      : after.steady_state_met === false
        ? false
        : null;

const endOfFault = ({ stages, start }: Journal): string =>
  stages.findLast(({ end }) => end !== undefined)?.end ?? start;

function probeRun(
  judged: ToleranceJudgement,
  { start, end }: Stretch,
  journal: Journal,
  definition: ToldDefinition,
): ProbeRun {
  const { state, observed = null, unit, samples, interval, reason } = judged;
  const isUnknown = state === 'unknown';
  return {
    activity: probeActivity(judged, definition),
    output: {
      state,
      observed,
      unit,
      samples,
      reason,
      ...(interval === undefined ? {} : { surely: [interval.low ?? null, interval.high ?? null] }),
    },
    ...span(start ?? journal.start, end ?? journal.end),
    status: isUnknown ? 'failed' : 'succeeded',
    ...(isUnknown ? { exception: [reason] } : {}),
    tolerance_met: state === 'met',
  };
}
