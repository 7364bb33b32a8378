import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronProblem } from '../../lib/experiment/cron.ts';
import { startsOf } from '../../lib/plan/recurring-starts.ts';

const dayMs = 86_400_000;

const part = (from: number, to: number) =>
  fc.oneof(
    fc.constant('*'),
    fc.integer({ min: from, max: to }).map(String),
    fc
      .tuple(fc.integer({ min: from, max: to }), fc.integer({ min: from, max: to }))
      .map((both) => both.join(',')),
    fc.integer({ min: 2, max: to - from }).map((step) => `*/${step}`),
    fc
      .tuple(fc.integer({ min: from, max: to - 1 }), fc.integer({ min: 1, max: to - from }))
      .map(([low, more]) => `${low}-${Math.min(to, low + more)}/2`),
  );
const dayOfMonth = fc.oneof(part(1, 31), fc.constantFrom('L', '1,L', '?'));
const dayOfWeek = fc.constantFrom(
  '*',
  '?',
  'MON',
  'MON-FRI',
  'SAT,SUN',
  'WED#2',
  'FRI#5',
  'MON#1,SUN',
  'MON-FRI/2',
);
const days = fc.oneof(
  dayOfMonth.map((day) => [day, '*'] as const),
  dayOfWeek.map((day) => ['*', day] as const),
);
const expression = fc
  .tuple(
    part(0, 59),
    part(0, 23),
    days,
    fc.oneof(part(1, 12), fc.constantFrom('JAN-MAR', 'FEB')),
    fc.constantFrom('', ' *', ' 2026-2030'),
  )
  .map(([minute, hour, [day, weekday], month, year]) => `${minute} ${hour} ${day} ${month} ${weekday}${year}`)
  .filter((cron) => cronProblem(cron) === undefined);

/** Near changes of clocks, by a whole hour, by half of one and at midnight, and any other time. */
const zones = [
  'Europe/Dublin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Kolkata',
  'UTC',
];
const moment = fc
  .tuple(
    fc.constantFrom(
      '2026-03-08',
      '2026-03-29',
      '2026-04-05',
      '2026-04-24',
      '2026-10-04',
      '2026-10-25',
      '2026-10-29',
      '2026-11-01',
      '2026-07-01',
    ),
    fc.integer({ min: -dayMs, max: 2 * dayMs }),
  )
  .map(([day, off]) => Date.parse(`${day}T00:00:00Z`) + off);

/** The same by a library. */
function startsByLibrary(cron: string, timeZone: string) {
  const [minute, hour, day, month, weekday, year = '*'] = cron.replaceAll('?', '*').split(' ');
  const starts = new Cron([0, minute, hour, day, month, weekday, year].join(' '), {
    timezone: timeZone,
    mode: '7-part',
    fixedTimeRule: 'no-wildcard',
    paused: true,
  });
  return {
    startUntil: (ms: number) => starts.previousRuns(1, new Date(ms + 1))[0]?.getTime(),
    startAfter: (ms: number) => starts.nextRuns(1, new Date(ms))[0]?.getTime(),
  };
}

describe('what starts again and again', () => {
  it('starts when croner says', () => {
    fc.assert(
      fc.property(expression, fc.constantFrom(...zones), moment, (cron, timeZone, ms) => {
        const ours = startsOf({ cron, timeZone });
        const theirs = startsByLibrary(cron, timeZone);
        expect(ours.startAfter(ms)).toBe(theirs.startAfter(ms));
        expect(ours.startUntil(ms)).toBe(theirs.startUntil(ms));
      }),
      { numRuns: 400 },
    );
  });
});
