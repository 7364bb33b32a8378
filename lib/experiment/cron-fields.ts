/** One field of a cron expression. */
export interface CronField {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** What may stand for its numbers, in their order. */
  readonly names?: readonly string[];
  /** Whether only its names are taken. */
  readonly onlyNames?: boolean;
  /** What else may stand there. */
  readonly also?: RegExp;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

export const cronFields: readonly CronField[] = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31, also: /^(\?|L)$/ },
  { name: 'month', from: 1, to: 12, names: months },
  {
    name: 'day of the week',
    from: 0,
    to: 6,
    names: days,
    onlyNames: true,
    also: /^(\?|(SUN|MON|TUE|WED|THU|FRI|SAT)#[1-5])$/,
  },
  { name: 'year', from: 1970, to: 2199 },
];

export function numberOf(text: string, { names, onlyNames, from, to }: CronField): number | undefined {
  const named = names?.indexOf(text) ?? -1;
  if (named >= 0) return named + from;
  if (onlyNames === true || !/^\d{1,4}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= from && value <= to ? value : undefined;
}

/** The numbers that a part stands for; undefined where it is more than numbers, as the last day of a month. */
export function numbersIn(part: string, field: CronField): number[] | undefined {
  const all = Array.from({ length: field.to - field.from + 1 }, (_, index) => field.from + index);
  const found: number[] = [];
  for (const item of part.split(',')) {
    if (field.also?.test(item) === true) return undefined;
    const [range = '', step = '1'] = item.split('/');
    const [from = field.from, to = from] = range.split('-').map((bound) => numberOf(bound, field));
    const within = range === '*' ? all : all.filter((one) => one >= from && one <= to);
    found.push(...within.filter((_, index) => index % Number(step) === 0));
  }
  return found;
}
