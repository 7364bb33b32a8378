import { inWords, plural } from '../format.ts';
import type { MonthReport } from './month-schema.ts';

type Known = Pick<
  MonthReport,
  'counts' | 'countsBefore' | 'broke' | 'withstood' | 'open' | 'changes' | 'isOver'
>;

/** A month in a few words. */
export function headlineOf({ counts, broke, withstood }: Known): string {
  if (counts.runs === 0) return 'nothing was run';
  const still = broke.filter(({ standing }) => standing === 'still').length;
  if (still > 0) return `${plural(still, 'weakness', 'weaknesses')} open`;
  if (broke.length > 0) return 'mended';
  return withstood.length > 0 ? 'held' : 'nothing was shown';
}

/** How often: `once`, `twice`, `12 times`. */
export const times = (count: number): string =>
  count === 1 ? 'once' : count === 2 ? 'twice' : `${count.toLocaleString('en')} times`;

const quoted = (some: readonly { readonly title: string }[]): string =>
  inWords(some.map(({ title }) => `“${title}”`));

/** A month in a few sentences, for people who were not there. */
export function summaryOf(
  { counts, countsBefore, broke, withstood, open, changes, isOver }: Known,
  names: { readonly month: string; readonly before: string; readonly last: string | undefined },
): string[] {
  const tense = isOver ? '' : ' so far';
  if (counts.runs === 0)
    return [
      `In ${names.month}${tense} nothing was run here, so that nothing was learnt of how the system fares.`,
    ];
  const still = broke.filter(({ standing }) => standing === 'still');
  const mended = broke.filter(({ standing }) => standing !== 'still');
  const [worse, better] = (['worse', 'better'] as const).map((change) =>
    changes.filter((one) => one.change === change),
  );
  return [
    `In ${names.month}${tense} the system was made to fail on purpose ${times(counts.runs - counts.notRun)}, in ${plural(counts.experiments, 'experiment')}: it withstood that ${times(counts.held)}${counts.notHeld > 0 ? `, and did not ${times(counts.notHeld)}` : ''}${counts.open > 0 ? `; ${plural(counts.open, 'run')} could not tell` : ''}.`,
    ...(counts.notRun > 0 ? [`${plural(counts.notRun, 'more run')} never got as far as a fault.`] : []),
    ...(still.length > 0 ? [`As things stand this does not hold: ${quoted(still)}.`] : []),
    ...(mended.length > 0 ? [`This did not hold, and does now: ${quoted(mended)}.`] : []),
    ...(broke.length === 0 && withstood.length > 0 ? ['Nothing that was tried broke it.'] : []),
    ...(open.some(({ standing }) => standing !== 'over')
      ? ['Where runs could not tell, nobody may take it that the system holds.']
      : []),
    ...(countsBefore.runs > 0 ? [sinceLast(worse ?? [], better ?? [], names.before)] : []),
    ...(names.last === undefined ? [] : [`The last run began on ${names.last}.`]),
  ];
}

function sinceLast(worse: MonthReport['changes'], better: MonthReport['changes'], before: string): string {
  const parts = [
    ...(worse.length > 0 ? [`it is worse for ${quoted(worse)}`] : []),
    ...(better.length > 0 ? [`it is better for ${quoted(better)}`] : []),
  ];
  return parts.length === 0
    ? `No experiment that was run in both months ended otherwise than in ${before}.`
    : `Held against ${before}, ${inWords(parts)}.`;
}
