import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import {
  duration,
  durationFromMs,
  isoDuration,
  parseDuration,
  parsePercentage,
  parseRate,
  percentage,
  positiveDuration,
  rate,
  show,
} from '../../lib/fis/quantity.ts';

const saysOf = (schema: z.ZodType, value: unknown): string =>
  schema.safeParse(value).error?.issues[0]?.message ?? 'accepted';

describe('a duration', () => {
  it.each([
    ['500ms', 500],
    ['2s', 2_000],
    ['1.5m', 90_000],
    ['12h', 43_200_000],
    ['1d', 86_400_000],
    ['0s', 0],
  ])('%s is %d ms, and keeps its text', (text, ms) => {
    expect(parseDuration(text)).toEqual({ ms, text });
    expect(duration().parse(text)).toEqual({ ms, text });
  });

  it.each([
    '',
    '5',
    's',
    '5 s',
    '-5s',
    '1e3ms',
    '5S',
    '.5s',
    '5.s',
    '2 minutes',
    ' 5s',
    '5s\n',
    '367d',
    `${'9'.repeat(400)}h`,
  ])('is not %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
    expect(duration().safeParse(text).success).toBe(false);
  });

  it('is written in the largest unit that stays exact, and reads back as the same time', () => {
    fc.assert(
      fc.property(fc.nat({ max: 366 * 86_400_000 }), (ms) => {
        const written = durationFromMs(ms);
        expect(parseDuration(written.text)).toEqual(written);
        expect(written.ms).toBe(ms);
      }),
    );
    expect([0, 90_000, 120_000, 3_600_000, 172_800_000, 1_001].map((ms) => durationFromMs(ms).text)).toEqual([
      '0s',
      '90s',
      '2m',
      '1h',
      '2d',
      '1001ms',
    ]);
  });

  it('says what it is not, and how to write it', () => {
    expect(saysOf(duration(), '2 minutes')).toBe(
      "'2 minutes' is no duration: write a number and a unit, such as '500ms', '2s', '5m' or '1h', at most a year",
    );
    expect(saysOf(duration(), 250)).toMatch(/^250 is no duration: /);
    expect(saysOf(duration(), undefined)).toMatch(/^is missing: write a number and a unit/);
    expect(saysOf(positiveDuration(), '0s')).toMatch(/^'0s' is no duration above 0: /);
    expect(saysOf(positiveDuration(), '1ms')).toBe('accepted');
  });

  it('is given to FIS in ISO 8601, exact to the millisecond', () => {
    expect([90_000, 120_000, 7_200_000, 3_600, 0, 1].map(isoDuration)).toEqual([
      'PT90S',
      'PT2M',
      'PT2H',
      'PT3.6S',
      'PT0S',
      'PT0.001S',
    ]);
    fc.assert(
      fc.property(fc.nat({ max: 43_200_000 }), (ms) => {
        const [, number, unit] = /^PT([\d.]+)([HMS])$/.exec(isoDuration(ms)) ?? [];
        const unitMs = { H: 3_600_000, M: 60_000, S: 1_000 }[unit ?? ''] ?? Number.NaN;
        expect(Number(number) * unitMs).toBeCloseTo(ms, 6);
      }),
    );
  });
});

describe('a percentage', () => {
  it('is a share between 0 and 1 that keeps its text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (hundredths) => {
        const text = `${hundredths / 100}%`;
        expect(parsePercentage(text)).toEqual({ ratio: hundredths / 100 / 100, text });
        expect(percentage().parse(text)).toEqual(parsePercentage(text));
      }),
    );
  });

  it.each(['', '5', '%', '101%', '100.1%', '-1%', '1e1%', '5 %', '0.1'])('is not %j', (text) => {
    expect(parsePercentage(text)).toBeUndefined();
    expect(saysOf(percentage(), text)).toBe(
      `'${text}' is no percentage: write a number from 0 to 100 and '%', such as '1%'`,
    );
  });
});

describe('a rate', () => {
  it('is a number a second, whether written by second or minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.constantFrom('s', 'm'), (number, unit) => {
        const text = `${number}/${unit}`;
        const perSecond = unit === 's' ? number : number / 60;
        expect(parseRate(text)).toEqual({ perSecond, text });
        expect(rate().parse(text)).toEqual({ perSecond, text });
      }),
    );
  });

  it.each(['', '0/s', '0/m', '5', '/s', '5/h', 'fast', `${'9'.repeat(400)}/s`])('is not %j', (text) => {
    expect(parseRate(text)).toBeUndefined();
    expect(saysOf(rate(), text)).toContain('is no rate: write a number above 0 a second or minute');
  });
});

describe('a value in a message', () => {
  it('is shown as it would be written, cut where it is long', () => {
    expect(show('a')).toBe("'a'");
    expect(show(['a', 1])).toBe('["a",1]');
    expect(show(undefined)).toBe('nothing');
    expect(show('x'.repeat(100))).toHaveLength(60);
  });

  it('is shown whatever code may export', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect([() => 1, Symbol('s'), 10n, circle].map(show)).toEqual([
      'a function',
      'a symbol',
      'a bigint',
      'an object',
    ]);
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }),
        (value) => show(value).length <= 60,
      ),
    );
  });
});
