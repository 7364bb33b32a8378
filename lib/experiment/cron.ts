import { type CronField, cronFields, numberOf, numbersIn } from './cron-fields.ts';

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
    const field = cronFields[index];
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

const wrongItem = (item: string, { name, from, to, names, onlyNames }: CronField) =>
  `'${item}' is no ${name}: write '*', ${
    onlyNames === true ? `${names?.join(', ')}` : `${from} to ${to}`
  }, a range from the lower to the higher, or steps of '*' or of a range, such as '*/2'`;

/** `*`, a value, a range, or steps of `*` or a range. */
function isItem(item: string, field: CronField): boolean {
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

const [, , dayField, monthField, , yearField] = cronFields;

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
