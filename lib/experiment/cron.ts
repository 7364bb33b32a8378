/** One field of a cron expression. */
interface Field {
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

const fields: readonly Field[] = [
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

/**
 * What is wrong with a cron expression, as a sentence without a full stop; undefined where nothing is. Taken are five fields, as crontab
 * has them, or EventBridge's six with a year and `?`. Days of the week go by their names: crontab counts them from 0, EventBridge from 1.
 */
export function cronProblem(text: string): string | undefined {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 5 && parts.length !== 6) {
    return `'${text}' is no cron expression: write five fields, minute hour day month weekday, such as '0 9 * * MON-FRI', or a sixth for the year`;
  }
  for (const [index, part] of parts.entries()) {
    const field = fields[index];
    const wrong = part.split(',').find((item) => field !== undefined && !isItem(item, field));
    if (field !== undefined && wrong !== undefined) return wrongItem(wrong, field);
  }
  const [, , dayOfMonth = '*', month = '*', dayOfWeek = '*', year = '*'] = parts;
  if (isRestricted(dayOfMonth) && isRestricted(dayOfWeek))
    return `'${text}' names days of the month and days of the week: leave one of them '*', since crons differ in whether both or either must fit`;
  return neverComes(dayOfMonth, month, year)
    ? `'${text}' never comes: no such month has that day`
    : undefined;
}

const isRestricted = (part: string) => part !== '*' && part !== '?';

const wrongItem = (item: string, { name, from, to, names, onlyNames }: Field) =>
  `'${item}' is no ${name}: write '*', ${
    onlyNames === true ? `${names?.join(', ')}` : `${from} to ${to}`
  }, a range from the lower to the higher, or steps of '*' or of a range, such as '*/2'`;

function numberOf(text: string, { names, onlyNames, from, to }: Field): number | undefined {
  const named = names?.indexOf(text) ?? -1;
  if (named >= 0) return named + from;
  if (onlyNames === true || !/^\d{1,4}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= from && value <= to ? value : undefined;
}

/** `*`, a value, a range, or steps of `*` or a range. */
function isItem(item: string, field: Field): boolean {
  if (field.also?.test(item) === true) return true;
  const [, range = '', step] = /^([^/]+)(?:\/(\d{1,4}))?$/.exec(item) ?? [];
  if (step !== undefined && (Number(step) < 1 || Number(step) > field.to - field.from)) return false;
  if (range === '*') return true;
  const bounds = range.split('-').map((bound) => numberOf(bound, field));
  const [from, to] = bounds;
  if (from === undefined || bounds.length > 2) return false;
  if (bounds.length === 1) return step === undefined;
  return to !== undefined && from < to;
}

/** The numbers that a part stands for; undefined where it is more than numbers, as the last day of a month. */
function numbersIn(part: string, field: Field): number[] | undefined {
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

const [, , dayField, monthField, , yearField] = fields;

/** A year that has every day. */
const leapYear = '2024';

/** Whether all the days that are named come in none of the months and years that are. */
function neverComes(dayOfMonth: string, month: string, year: string): boolean {
  if (dayField === undefined || monthField === undefined || yearField === undefined) return false;
  const days = numbersIn(dayOfMonth, dayField) ?? [1];
  const years = numbersIn(year === '*' ? leapYear : year, yearField) ?? [];
  const lasts = (numbersIn(month, monthField) ?? []).flatMap((one) =>
    years.map((of) => new Date(Date.UTC(of, one, 0)).getUTCDate()),
  );
  return Math.min(...days) > Math.max(...lasts);
}
