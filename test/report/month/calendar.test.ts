import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  askedMonth,
  dayWords,
  monthAt,
  monthBefore,
  monthName,
  monthOf,
} from '../../../lib/report/month/calendar.ts';

const boundsOf = (month: string, zone: string) => {
  const { fromMs, toMs } = monthOf(month, zone);
  return [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
};

describe('a month', () => {
  it.each([
    ['2026-11', 'UTC', '2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
    ['2026-12', 'UTC', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    // Clocks are put back within the month, so that it is an hour longer.
    ['2026-10', 'Europe/Dublin', '2026-09-30T23:00:00.000Z', '2026-11-01T00:00:00.000Z'],
    ['2026-11', 'Pacific/Auckland', '2026-10-31T11:00:00.000Z', '2026-11-30T11:00:00.000Z'],
    ['2026-02', 'America/St_Johns', '2026-02-01T03:30:00.000Z', '2026-03-01T03:30:00.000Z'],
    // Clocks are changed on its first day, after midnight.
    ['2026-11', 'America/New_York', '2026-11-01T04:00:00.000Z', '2026-12-01T05:00:00.000Z'],
  ])('%s of %s lies between the instants at which its days begin there', (month, zone, from, to) => {
    expect(boundsOf(month, zone)).toEqual([from, to]);
  });

  it('holds each of its instants, and follows the one before it without a gap', () => {
    const zones = ['UTC', 'Europe/Dublin', 'Asia/Kolkata', 'America/Los_Angeles', 'Pacific/Kiritimati'];
    fc.assert(
      fc.property(
        fc.integer({ min: Date.parse('2015-01-01'), max: Date.parse('2035-01-01') }),
        fc.constantFrom(...zones),
        (atMs, zone) => {
          const month = monthAt(atMs, zone);
          expect(month.fromMs).toBeLessThanOrEqual(atMs);
          expect(month.toMs).toBeGreaterThan(atMs);
          expect(monthBefore(month).toMs).toBe(month.fromMs);
        },
      ),
    );
  });

  it('has a name, and days as people say them by their clocks', () => {
    expect(monthName(monthOf('2026-11', 'UTC'))).toBe('November 2026');
    expect(dayWords('UTC')('2026-11-30T23:30:00Z')).toBe('30 November');
    expect(dayWords('Europe/Berlin')('2026-11-30T23:30:00Z')).toBe('1 December');
  });
});

describe('the month that is asked for', () => {
  const nowMs = Date.parse('2026-12-01T00:30:00Z');

  it('is the last that is over, by the clocks of the zone', () => {
    expect(askedMonth(undefined, 'UTC', nowMs).month).toBe('2026-11');
    expect(askedMonth(undefined, 'America/New_York', nowMs).month).toBe('2026-10');
    expect(askedMonth('2026-12', 'UTC', nowMs).month).toBe('2026-12');
  });

  it('is refused where it has not begun there', () => {
    expect(() => askedMonth('2027-01', 'UTC', nowMs)).toThrow('2027-01 has not begun');
    expect(() => askedMonth('2026-12', 'America/New_York', nowMs)).toThrow('2026-12 has not begun');
  });

  it.each(['2026-13', '2026-00', '2026', 'November', '0000-01', '2026-1', '2026-11-01'])(
    'is no %s',
    (text) => {
      expect(() => askedMonth(text, 'UTC', nowMs)).toThrow(`'${text}' is no month`);
    },
  );
});
