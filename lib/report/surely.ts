import type { Journal } from '../run/journal.ts';
import type { Interval } from '../steady-state/judgement.ts';
import { formatIn, type Unit } from './format.ts';
import { type Html, html } from './html.ts';

/** Between which values the truth lies, in words: `8.9 ms to 9.9 ms`, `at most 0.46%`; undefined where there is no bound. */
export function surelyText(interval: Interval | undefined, unit: Unit): string | undefined {
  const { low, high } = interval ?? {};
  const [from, to] = [low, high].map((bound) => (bound === undefined ? undefined : formatIn(unit, bound)));
  if (from !== undefined && to !== undefined && (low ?? 0) > 0)
    return from === to ? from : `${from} to ${to}`;
  if (to !== undefined) return `at most ${to}`;
  return from === undefined || (low ?? 0) <= 0 ? undefined : `at least ${from}`;
}

/** As many independent samples as those that were seen are worth; undefined where each counts. */
export const worthOf = (judged: {
  readonly samples: number;
  readonly designEffect?: number | undefined;
}): number | undefined => {
  const worth = Math.floor(judged.samples / (judged.designEffect ?? 1));
  return worth < judged.samples ? worth : undefined;
};

/** What the page means by `surely`, and by what samples are worth; nothing where the record has neither. */
export function surelyNote(journal: Journal): Html | undefined {
  const judged = [journal.baseline, ...journal.stages, journal.recovery].flatMap(
    (phase) => phase?.tolerances ?? [],
  );
  if (!judged.some(({ interval }) => interval !== undefined)) return undefined;
  const clumps =
    judged.some((one) => worthOf(one) !== undefined) &&
    ' Slow answers come in clumps, so that many samples are worth fewer independent ones; how many was measured before any fault.';
  return html`<p class="note"><strong>Surely</strong>, on this page, means: wrong less than once in a hundred times. What was seen is a sample of what the system does; luck alone can make it look a little better or worse.${clumps}</p>`;
}
