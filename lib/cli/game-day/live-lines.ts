import type { GameDayView } from '../../game-day/view.ts';
import { hanging } from '../plan/words.ts';
import { type Look, paint, piece } from '../view/line.ts';
import { plainText } from '../view/text-width.ts';

const looks: Readonly<Record<GameDayView['timeline'][number]['tone'], Look>> = {
  plain: 'plain',
  good: 'good',
  bad: 'bad',
};

interface Paper {
  readonly columns: number;
  readonly colours: boolean;
}

/**
 * Tells an edition in a terminal as it goes on: what is new in its timeline in the order in which it was written down, and what is waited
 * for whenever that is something else.
 *
 * @returns takes the next view; gives the lines that are new
 */
export function createLiveLines({ columns, colours }: Paper): (view: GameDayView) => readonly string[] {
  let told = 0;
  let waitedFor = '';
  const line = (head: string, text: string, look: Look): string[] =>
    hanging(head, plainText(text), columns).map((one) => paint([piece(one, look)], colours));
  return (view) => {
    const time = timeIn(view.timeZone);
    const added = view.timeline.filter(({ number }) => number > told).toSorted((a, b) => a.number - b.number);
    told = Math.max(told, ...added.map(({ number }) => number));
    const lines = added.flatMap(({ at, text, tone }) => line(`${time(at)}  `, text, looks[tone]));
    if (view.now === waitedFor) return lines;
    waitedFor = view.now;
    const asked = view.pending?.hash === undefined ? [] : view.pending.lines;
    return [
      ...lines,
      ...line('       →  ', view.now, 'accent'),
      // Whoever sits here reads what would be done before it is approved anywhere.
      ...asked.flatMap((text) => line('          ', text, 'faint')),
    ];
  };
}

function timeIn(timeZone: string): (iso: string) => string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium', hourCycle: 'h23' });
  return (iso) => format.format(new Date(iso));
}
