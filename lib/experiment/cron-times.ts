import { cronFields, numbersIn } from './cron-fields.ts';

/** When a cron expression comes, by the clock on the wall. */
export interface CronTimes {
  /** Since midnight, in order. */
  readonly minutesOfDay: readonly number[];
  /** Whether it names its times, with neither `*` nor steps, rather than coming again and again. */
  readonly isFixed: boolean;
  /** Whether it comes on a day, whose midnight is given as if it were UTC's. */
  onDay(midnightMs: number): boolean;
}

const dayMs = 86_400_000;
const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Of an expression that `cronProblem` takes. */
export function cronTimesOf(cron: string): CronTimes {
  const parts = cron.trim().replaceAll('?', '*').split(/\s+/);
  const [minute = '*', hour = '*', dayOfMonth = '*', , dayOfWeek = '*'] = parts;
  const numbers = (index: number, part = parts[index] ?? '*'): readonly number[] => {
    const field = cronFields[index];
    return field === undefined ? [] : (numbersIn(part, field) ?? []);
  };
  const minutes = numbers(0);
  const months = new Set(numbers(3));
  const years = new Set(numbers(5));
  // What is more than numbers is taken item by item: the last day of a month, the first Monday.
  const plain = (part: string) => part.split(',').filter((item) => item !== 'L' && !item.includes('#'));
  const ofMonth = new Set(plain(dayOfMonth).flatMap((item) => numbers(2, item)));
  const ofWeek = new Set(plain(dayOfWeek).flatMap((item) => numbers(4, item)));
  const hasLast = dayOfMonth.split(',').includes('L');
  const inMonth = new Set(dayOfWeek.split(',').filter((item) => item.includes('#')));
  return {
    minutesOfDay: numbers(1)
      .flatMap((one) => minutes.map((other) => one * 60 + other))
      .toSorted((a, b) => a - b),
    isFixed: !/[*/]/.test(minute + hour),
    onDay: (midnightMs) => {
      const date = new Date(midnightMs);
      const [day, weekday] = [date.getUTCDate(), date.getUTCDay()];
      return (
        years.has(date.getUTCFullYear()) &&
        months.has(date.getUTCMonth() + 1) &&
        (ofMonth.has(day) || (hasLast && new Date(midnightMs + dayMs).getUTCDate() === 1)) &&
        (ofWeek.has(weekday) || inMonth.has(`${days[weekday]}#${Math.ceil(day / 7)}`))
      );
    },
  };
}
