import type { Journal, JournalStage } from '../run/journal.ts';
import type { ToleranceJudgement, ToleranceState } from '../steady-state/judgement.ts';
import type { Window } from '../steady-state/window.ts';
import { baselineFigure, type Figure, judgedFigure, latencyMeasures, windowFigure } from './figure.ts';
import type { Unit } from './format.ts';

/** What figures are drawn from: a journal, or what recorded samples say. */
export interface Judged extends Pick<Journal, 'baseline' | 'recovery'> {
  readonly stages: readonly Pick<JournalStage, 'tolerances' | 'windows' | 'end'>[];
}

/** What a probe saw of one measure before, during and after the fault. */
export interface FigureRow {
  readonly probe: string;
  /** `p50`, `p90`, `p95`, `p99`, `errorRate`, `age`, `count`, `value`. */
  readonly measure: string;
  readonly limit: string | undefined;
  readonly before: Figure | undefined;
  readonly during: Figure | undefined;
  readonly after: Figure | undefined;
  /** How the tolerance was judged over the stages: the worst of them. */
  readonly state: ToleranceState | undefined;
  /** The stage that `during` and `state` are of, from 0. */
  readonly stage: number | undefined;
}

const badness: Readonly<Record<ToleranceState, number>> = { met: 0, unknown: 1, missed: 2 };

/** How far beyond its limit something was seen, so that stages can be compared. */
function beyond(judgement: ToleranceJudgement): number {
  if (judgement.observed === undefined)
    return judgement.state === 'missed' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const difference = judgement.observed - judgement.limitValue;
  return judgement.limit.includes('below') ? difference : -difference;
}

interface OfStage {
  readonly judgement: ToleranceJudgement;
  readonly stage: number;
}

function worse(one: OfStage, other: OfStage): OfStage {
  const difference = badness[other.judgement.state] - badness[one.judgement.state];
  return difference > 0 || (difference === 0 && beyond(other.judgement) > beyond(one.judgement))
    ? other
    : one;
}

/** The measures of a probe in the order in which they are shown, each with its unit. */
function measuresOf(
  judgements: readonly ToleranceJudgement[],
  windows: readonly Window[],
): Map<string, Unit> {
  const measures = new Map<string, Unit>();
  if (windows.some((window) => window.p50Ms !== undefined)) {
    for (const measure of latencyMeasures) measures.set(measure, 'ms');
    measures.set('errorRate', 'ratio');
  }
  for (const { tolerance, unit } of judgements) measures.set(tolerance, unit);
  const hasValue = windows.some((window) => window.highestValue !== undefined);
  if (hasValue && !['age', 'count', 'value'].some((measure) => measures.has(measure)))
    measures.set('value', '');
  return measures;
}

/** The names of all probes that the journal tells of, in the order of the record. */
export function probesOf(journal: Judged): string[] {
  const tolerances = [journal.baseline, ...journal.stages].flatMap((phase) => phase.tolerances);
  return [...new Set([...journal.baseline.probes, ...tolerances].map(({ probe }) => probe))];
}

/** Windows of the time after recovery had begun; all after the fault where it did not. */
function windowsAfter(journal: Judged): Window[] {
  const { recovery } = journal;
  if (recovery === undefined) return [];
  const faultEnd = journal.stages.findLast((stage) => stage.end !== undefined)?.end;
  const backMs =
    faultEnd === undefined || recovery.seconds === undefined
      ? 0
      : Date.parse(faultEnd) + recovery.seconds * 1_000;
  return recovery.windows.filter((window) => window.startMs >= backMs);
}

/** The figures of the run: one row for each probe and measure. Where there are several stages, the worst one counts. */
export function figuresOf(journal: Judged): FigureRow[] {
  const { baseline, stages, recovery } = journal;
  const after = windowsAfter(journal);
  return probesOf(journal).flatMap((probe) => {
    const ofProbe = <T extends { readonly probe: string }>(entries: readonly T[]): T[] =>
      entries.filter((entry) => entry.probe === probe);
    const duringWindows = stages.flatMap((stage) => ofProbe(stage.windows));
    const judgements = [baseline, ...stages].flatMap((phase) => ofProbe(phase.tolerances));
    const measures = measuresOf(judgements, [...ofProbe(baseline.windows), ...duringWindows]);
    return [...measures].map(([measure, unit]): FigureRow => {
      const pick = (tolerances: readonly ToleranceJudgement[]) =>
        ofProbe(tolerances).find((judgement) => judgement.tolerance === measure);
      const inStages = stages.flatMap((stage, index): OfStage[] => {
        const judgement = pick(stage.tolerances);
        return judgement === undefined ? [] : [{ judgement, stage: index }];
      });
      const worst = inStages.length === 0 ? undefined : inStages.reduce(worse);
      return {
        probe,
        measure,
        limit: (worst?.judgement ?? pick(baseline.tolerances))?.limit,
        before:
          judgedFigure(pick(baseline.tolerances)) ??
          baselineFigure(ofProbe(baseline.probes)[0], measure, unit),
        during: judgedFigure(worst?.judgement) ?? windowFigure(duringWindows, measure, unit),
        after: judgedFigure(pick(recovery?.tolerances ?? [])) ?? windowFigure(ofProbe(after), measure, unit),
        state: worst?.judgement.state,
        stage: worst?.stage,
      };
    });
  });
}
