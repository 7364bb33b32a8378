import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { blackoutAt, blackoutIntervals, firstBlackoutIn } from '../../lib/plan/blackouts.ts';
import type { PlanBlackout } from '../../lib/plan/plan-blackout.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const at = (time: string) => Date.parse(time);
const iso = (ms: number) => new Date(ms).toISOString();

const officeHours: PlanBlackout = {
  cron: '0 9 ? * MON-FRI *',
  timeZone: 'Europe/Dublin',
  lastsMs: 8 * hourMs,
  reason: 'office hours',
};
const sale: PlanBlackout = {
  from: '2026-11-27T00:00:00Z',
  until: '2026-12-01T12:00:00Z',
  reason: 'the sale',
};

describe('a blackout', () => {
  it.each([
    // Ireland is an hour ahead of UTC in summer.
    ['2026-07-01T07:59:59.999Z', undefined],
    ['2026-07-01T08:00:00Z', '2026-07-01T16:00:00.000Z'],
    ['2026-07-01T16:00:00Z', undefined],
    ['2026-12-01T08:30:00Z', undefined],
    ['2026-12-01T09:00:00Z', '2026-12-01T17:00:00.000Z'],
    // A Saturday.
    ['2026-07-04T10:00:00Z', undefined],
  ])('that comes again and again is on by the clock of its zone: %s', (now, until) => {
    const found = blackoutAt([officeHours], at(now));
    expect(found === undefined ? undefined : iso(found.toMs)).toBe(until);
  });

  it('is the one that lasts longest where several are on', () => {
    expect(blackoutAt([officeHours, sale], at('2026-11-30T10:00:00Z'))).toEqual({
      fromMs: at('2026-11-27T00:00:00Z'),
      toMs: at('2026-12-01T12:00:00Z'),
      reason: 'the sale',
    });
  });

  it('that begins again before it is over is one', () => {
    const night = { cron: '0 * * * *', timeZone: 'UTC', lastsMs: hourMs, reason: 'always' };
    const nights = blackoutIntervals([night], at('2026-01-01T00:30:00Z'), at('2026-01-02T00:00:00Z'));
    expect(nights).toHaveLength(1);
    expect(nights[0]?.toMs).toBeGreaterThanOrEqual(at('2026-01-02T00:00:00Z'));
  });

  it.each([
    // Clocks go from 01:00 to 02:00: the hour of its start is left out.
    ['30 1 * * *', 2 * hourMs, '2026-03-29T01:00:00.000Z', '2026-03-29T03:00:00.000Z'],
    // Clocks go from 02:00 back to 01:00: it is over at six, nine hours later.
    ['0 22 * * *', 8 * hourMs, '2026-10-24T21:00:00.000Z', '2026-10-25T06:00:00.000Z'],
    // And an hour is left out of this night, but none of its eight.
    ['0 22 * * *', 8 * hourMs, '2026-03-28T22:00:00.000Z', '2026-03-29T06:00:00.000Z'],
  ])('is neither lost nor shortened where clocks change: %s', (cron, lastsMs, from, until) => {
    const blackout = { cron, timeZone: 'Europe/Dublin', lastsMs, reason: 'quiet' };
    expect(blackoutIntervals([blackout], at(from), at(from) + 1)).toEqual([
      { fromMs: at(from), toMs: at(until), reason: 'quiet' },
    ]);
  });

  it('lies ahead of a run that reaches into it', () => {
    const ahead = (until: string) => firstBlackoutIn([officeHours], at('2026-12-01T08:00:00Z'), at(until));
    expect(ahead('2026-12-01T09:00:00Z')).toBeUndefined();
    expect(ahead('2026-12-01T09:00:00.001Z')?.fromMs).toBe(at('2026-12-01T09:00:00Z'));
  });

  it('that has had its last year is over', () => {
    expect(
      blackoutIntervals(
        [{ ...officeHours, cron: '0 9 ? * MON-FRI 2025' }],
        at('2026-01-02T00:00:00Z'),
        at('2026-12-31T00:00:00Z'),
      ),
    ).toEqual([]);
  });
});

describe('blackouts that come again and again', () => {
  const weekdays = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];
  const zones = ['Europe/Dublin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'];
  const weekly = fc.record({
    days: fc.subarray(weekdays, { minLength: 1 }),
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.constantFrom(0, 15, 30, 59),
    timeZone: fc.constantFrom(...zones),
    hours: fc.integer({ min: 1, max: 30 }),
  });

  /** By another library: its start, or the end of the hour that is left out, and the later of two ends. */
  function windowOn(date: Temporal.PlainDate, timeZone: string, hour: number, minute: number, hours: number) {
    const wanted = date.toPlainDateTime({ hour, minute });
    const read = wanted.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
    const start = read.toPlainDateTime().equals(wanted) ? read : read.getTimeZoneTransition('next');
    if (start === null) throw new Error('a time that is left out has no transition');
    const byClock = start
      .toPlainDateTime()
      .add({ hours })
      .toZonedDateTime(timeZone, { disambiguation: 'earlier' });
    const fromMs = start.epochMilliseconds;
    return { fromMs, toMs: Math.max(fromMs + hours * hourMs, byClock.epochMilliseconds) };
  }

  it('are on exactly when the calendar of their zone says so', () => {
    // Around the days on which clocks change somewhere, and any other.
    const moments = fc.oneof(
      fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2026-12-31T00:00:00Z') }),
      fc
        .tuple(
          fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'),
          fc.integer({ min: -dayMs, max: 2 * dayMs }),
        )
        .map(([day, off]) => at(`${day}T00:00:00Z`) + off),
    );
    fc.assert(
      fc.property(weekly, moments, ({ days, hour, minute, timeZone, hours }, nowMs) => {
        const cron = `${minute} ${hour} * * ${days.join(',')}`;
        const blackout = { cron, timeZone, lastsMs: hours * hourMs, reason: 'r' };
        const today = Temporal.Instant.fromEpochMilliseconds(nowMs)
          .toZonedDateTimeISO(timeZone)
          .toPlainDate();
        const windows = [-3, -2, -1, 0, 1]
          .map((offset) => today.add({ days: offset }))
          .filter((date) => days.includes(weekdays[date.dayOfWeek - 1] ?? ''))
          .map((date) => windowOn(date, timeZone, hour, minute, hours));
        const isOn = windows.some(({ fromMs, toMs }) => fromMs <= nowMs && nowMs < toMs);
        expect(blackoutAt([blackout], nowMs) !== undefined).toBe(isOn);
      }),
      { numRuns: 300 },
    );
  });

  it('are told of a stretch of time as they are at each of its moments', () => {
    fc.assert(
      fc.property(
        weekly,
        fc.integer({ min: at('2026-03-20T00:00:00Z'), max: at('2026-03-30T00:00:00Z') }),
        fc.array(fc.integer({ min: 0, max: 14 * dayMs - 1 }), { minLength: 5, maxLength: 5 }),
        ({ days, hour, minute, timeZone, hours }, fromMs, offsets) => {
          const blackout = {
            cron: `${minute} ${hour} ? * ${days.join(',')} *`,
            timeZone,
            lastsMs: hours * hourMs,
            reason: 'r',
          };
          const intervals = blackoutIntervals([blackout], fromMs, fromMs + 14 * dayMs);
          for (const offset of offsets) {
            const inside = intervals.some(
              (one) => one.fromMs <= fromMs + offset && fromMs + offset < one.toMs,
            );
            expect(inside).toBe(blackoutAt([blackout], fromMs + offset) !== undefined);
          }
          for (const [index, one] of intervals.entries())
            expect(one.fromMs).toBeGreaterThan(intervals[index - 1]?.toMs ?? 0);
        },
      ),
      { numRuns: 60 },
    );
  });
});
