/** One field of a cron expression as Chaos Mesh's controller reads it (robfig/cron, version 3). */
export interface CronFieldKind {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** What may stand for its numbers, in their order, in capitals. */
  readonly names?: readonly string[];
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
export const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

export const cronFieldKinds = {
  second: { name: 'second', from: 0, to: 59 },
  minute: { name: 'minute', from: 0, to: 59 },
  hour: { name: 'hour', from: 0, to: 23 },
  dayOfMonth: { name: 'day of the month', from: 1, to: 31 },
  month: { name: 'month', from: 1, to: 12, names: months },
  dayOfWeek: { name: 'day of the week', from: 0, to: 6, names: weekdays },
} as const satisfies Readonly<Record<string, CronFieldKind>>;

/** The numbers that a field stands for, in their order; undefined where it is none. */
export function cronNumbers(text: string, kind: CronFieldKind): readonly number[] | undefined {
  const all = new Set<number>();
  for (const item of text.split(',')) {
    const found = numbersOfItem(item, kind);
    if (found === undefined) return undefined;
    for (const number of found) all.add(number);
  }
  return [...all].toSorted((a, b) => a - b);
}

function numbersOfItem(item: string, kind: CronFieldKind): number[] | undefined {
  const [, range = '', step = '1'] = /^([^/]+?)(?:\/(\d{1,4}))?$/.exec(item) ?? [];
  const by = Number(step);
  const [from, to] = boundsOf(range, item.includes('/'), kind);
  if (from === undefined || to === undefined || from > to || by < 1) return undefined;
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, index) => from + index * by);
}

/** `*` and `?` are all; a number with a step runs to the last. */
function boundsOf(range: string, hasStep: boolean, kind: CronFieldKind): (number | undefined)[] {
  if (range === '*' || range === '?') return [kind.from, kind.to];
  const bounds = range.split('-').map((bound) => numberOf(bound, kind));
  if (bounds.length > 2) return [];
  const [from, to = hasStep ? kind.to : from] = bounds;
  return bounds.length === 2 ? bounds : [from, to];
}

function numberOf(text: string, { from, to, names }: CronFieldKind): number | undefined {
  const named = names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) return named + from;
  const number = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return number >= from && number <= to ? number : undefined;
}

/** Numbers in the fewest words that every cron understands: `*`, `1,5`, `1-5`; names where the kind is written by its names. */
export function cronText(numbers: readonly number[], kind: CronFieldKind, names?: readonly string[]): string {
  if (numbers.length === kind.to - kind.from + 1) return '*';
  const runs: number[][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === number - 1) run.push(number);
    else runs.push([number]);
  }
  const word = (number: number | undefined) =>
    number === undefined ? '' : (names?.[number - kind.from] ?? String(number));
  return runs
    .map((run) => (run.length > 2 ? `${word(run[0])}-${word(run.at(-1))}` : run.map(word).join(',')))
    .join(',');
}
