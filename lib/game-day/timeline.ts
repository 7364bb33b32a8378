import { provenName } from './actor-name.ts';
import type { Entry } from './entry.ts';
import type { GameDayInput } from './input.ts';
import { lengthOf } from './length.ts';
import type { GameDayView } from './view.ts';
import { lineOf, toneOf } from './words.ts';

/** What is written down so much later than it happened was learnt of afterwards; looks and events take up to a minute. */
const lateMs = 60_000;

const delayMs = ({ at, writtenAt }: Entry): number => Date.parse(writtenAt) - Date.parse(at);

/** The newest first, by when it happened: what was learnt of late stands where it belongs. */
export const timelineOf = (input: GameDayInput, entries: readonly Entry[]): GameDayView['timeline'] =>
  entries
    .filter(({ kind }) => kind !== 'changes-known')
    .map((entry) => ({
      number: entry.number,
      at: entry.at,
      text: lineOf(entry, input, entries),
      by: provenName(entry.by),
      isLate: delayMs(entry) > lateMs,
      tone: toneOf(entry),
    }))
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.number - a.number);

/** Until when changes in the account are known; undefined where none were looked for. */
export const changesKnownUntil = (entries: readonly Entry[]): string | undefined =>
  entries
    .flatMap((entry) => (entry.kind === 'changes-known' ? [entry.until] : []))
    .toSorted()
    .at(-1);

/** The whole timeline as text, the oldest first, a line each: when, what, who and what shows that it was them. */
export function timelineText(input: GameDayInput, entries: readonly Entry[]): string {
  const delays = new Map(entries.map((entry) => [entry.number, delayMs(entry)]));
  return timelineOf(input, entries)
    .toReversed()
    .map(({ number, at, text, by, isLate }) => {
      const late = isLate ? ` (written down ${lengthOf(delays.get(number) ?? 0)} later)` : '';
      return `${at} ${JSON.stringify(text)} by ${JSON.stringify(by)}${late}\n`;
    })
    .join('');
}
