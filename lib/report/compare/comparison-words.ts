import type { Verdict } from '../../experiment/verdict.ts';
import type { ToleranceState } from '../../steady-state/judgement.ts';
import { formatIn, formatTime, measureName } from '../format.ts';
import { surelyText } from '../surely.ts';
import type { Change, ComparedFigure, ComparedSide, Comparison } from './comparison-schema.ts';

/** How an outcome is called, and as which verdict it looks. */
export const outcomes: Readonly<
  Record<Comparison['outcome'], { readonly word: string; readonly look: Verdict }>
> = {
  worse: { word: 'worse', look: 'deviated' },
  better: { word: 'better', look: 'held' },
  mixed: { word: 'better and worse', look: 'halted' },
  alike: { word: 'alike', look: 'held' },
  'not-shown': { word: 'no change shown', look: 'inconclusive' },
};

/** How a change is called, and as which state of a tolerance it looks. */
export const changes: Readonly<Record<Change, { readonly word: string; readonly look: ToleranceState }>> = {
  worse: { word: 'worse', look: 'missed' },
  better: { word: 'better', look: 'met' },
  alike: { word: 'alike', look: 'met' },
  unknown: { word: 'cannot tell', look: 'unknown' },
};

/** What is measured, by whom: `products p95`. */
export const figureName = ({ probe, measure }: ComparedFigure): string => `${probe} ${measureName(measure)}`;

/** What one of the runs has seen: `8.3 ms`. */
export function seenText(side: ComparedSide | undefined, { unit }: ComparedFigure): string {
  if (side === undefined) return 'not there';
  if (side.observed !== undefined) return formatIn(unit, side.observed);
  return side.state === 'missed' ? 'no answer' : 'no data';
}

/** Between which values it surely lies; undefined where there is no bound. */
export const boundsText = (side: ComparedSide | undefined, { unit }: ComparedFigure): string | undefined =>
  side && surelyText(side, unit);

/** One of the two runs in a line. */
export const runLine = ({ runId, environment, mode, start, verdict }: Comparison['before']): string =>
  `${verdict}, ${runId}, ${mode === 'rehearsal' ? `rehearsed in ${environment}` : `in ${environment}`}, ${formatTime(start)}`;

/** What changed, worth telling before all else. */
export const changed = ({ figures }: Comparison): readonly ComparedFigure[] =>
  figures.filter(({ change }) => change === 'worse' || change === 'better');

/** What is told beside the figures of every comparison. */
export const howToRead =
  'Better, worse and alike are each wrong less than once in a hundred times, as far as luck within the two runs goes: of a hundred figures that are alike, one or two may be told as changed. What else differed between the runs, such as the hour, the load or the machine, no bound knows of; repeat a run to see how much that is.';
