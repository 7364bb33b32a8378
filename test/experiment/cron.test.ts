import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronProblem } from '../../lib/experiment/cron.ts';
import { blackoutIntervals } from '../../lib/plan/blackouts.ts';

describe('a cron expression', () => {
  it.each([
    '0 9 * * MON-FRI',
    '0 9 ? * MON-FRI *',
    '*/15 8-18/2 L JAN-MAR,DEC * 2026-2028',
    '30 22 1,15 * ?',
    '0 0 * * MON#1',
    '0 0 29 2 *',
    '0 0 29 2 ? 2027-2028',
    '0 0 31 */5 *',
  ])('is taken: %s', (text) => {
    expect(cronProblem(text)).toBeUndefined();
  });

  it.each([
    ['', 'no cron expression'],
    ['0 9 * *', 'write five fields'],
    ['0 0 9 * * MON *', 'write five fields'],
    ['cron(0 9 ? * MON-FRI *)', "'cron(0' is no minute"],
    ['60 9 * * *', "'60' is no minute: write '*', 0 to 59"],
    ['0 24 * * *', "'24' is no hour"],
    ['0/15 9 * * *', "'0/15' is no minute"],
    ['*/60 9 * * *', "'*/60' is no minute"],
    ['0 9 * * 1-5', "'1-5' is no day of the week: write '*', SUN, MON"],
    ['0 9 * * FRI-MON', "'FRI-MON' is no day of the week"],
    ['0 9 0 * *', "'0' is no day of the month"],
    ['0 9 * JANUARY *', "'JANUARY' is no month"],
    ['0 17-9 * * *', "'17-9' is no hour"],
    ['0 9 1 * MON', 'names days of the month and days of the week'],
    ['0 0 30,31 FEB *', 'never comes'],
    ['0 0 31 4,6 *', 'never comes'],
    ['0 0 30 2-3/2 *', 'never comes'],
    ['0 0 29 2 ? 2026,2027', 'never comes'],
  ])('is refused with what is wrong: %j', (text, message) => {
    expect(cronProblem(text)).toContain(message);
  });

  it('that is taken is read as one that comes, whatever it is', () => {
    const part = (from: number, to: number) =>
      fc.oneof(
        fc.constant('*'),
        fc.integer({ min: from, max: to }).map(String),
        fc.integer({ min: 1, max: to - from }).map((step) => `*/${step}`),
        fc
          .tuple(fc.integer({ min: from, max: to }), fc.integer({ min: from, max: to }))
          .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}/2`),
      );
    const weekday = fc.constantFrom('*', '?', 'MON', 'MON-FRI', 'SAT,SUN', 'WED#2', 'MON-FRI/2');
    const expression = fc.tuple(part(0, 59), part(0, 23), part(1, 31), part(1, 12), weekday);
    fc.assert(
      fc.property(expression, (parts) => {
        const cron = parts.join(' ');
        fc.pre(cronProblem(cron) === undefined);
        const blackout = { cron, timeZone: 'UTC', lastsMs: 1_000, reason: 'r' };
        // The rarest is a day of February in a leap year.
        const [from, to] = [Date.UTC(2027, 0, 1), Date.UTC(2036, 0, 1)];
        const first = new Cron(cron.replaceAll('?', '*'), { timezone: 'UTC', paused: true }).nextRun(
          new Date(from),
        );
        expect(first).not.toBeNull();
        const [found] = blackoutIntervals([blackout], from, Math.min(to, Number(first) + 1));
        expect(found?.fromMs).toBeLessThanOrEqual(Number(first));
      }),
      { numRuns: 100 },
    );
  });
});
