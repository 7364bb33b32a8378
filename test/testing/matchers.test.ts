import 'steadfast-chaos/testing/vitest';
import { assertHolds, assertRecoversWithin, matchers } from 'steadfast-chaos/testing';
import { describe, expect, it } from 'vitest';
import { judgeHold } from '../../lib/testing/holds.ts';
import { judgeRecoveryWithin } from '../../lib/testing/recovers.ts';
import { matching } from '../fakes/matching.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';

expect.extend(matchers);

const clock = () => createVirtualClock();
const errorRate = { errorRate: { below: '5%' } } as const;
const fail = () => Promise.reject(new Error('refused'));

describe('whether something holds', () => {
  it.each<[string, Parameters<typeof judgeHold>, string, RegExp]>([
    [
      'good answers, enough of them',
      [() => undefined, errorRate, { for: '3s' }],
      'met',
      /^\n {2}errorRate is met/,
    ],
    ['errors', [fail, errorRate, { for: '3s' }], 'missed', /^\n {2}errorRate is missed: 100\.0 %/],
    ['answers of a wrong status', [() => Response.error(), errorRate, { for: '3s' }], 'missed', /is missed/],
    [
      "answers of another client's, whose status is wrong",
      [() => ({ status: 503, data: 'sorry' }), errorRate, { for: '3s' }],
      'missed',
      /is missed/,
    ],
    [
      'too few to tell',
      [() => undefined, errorRate, { for: '500ms' }],
      'unknown',
      /too few samples.*\n {2}it takes \d+ samples at least to tell: \d s at 50\/s$/s,
    ],
    [
      'nothing at all',
      [() => undefined, errorRate, { during: () => undefined }],
      'unknown',
      /nothing was seen/,
    ],
    ['a number that may be', [() => 3, { value: { below: 4 } }, { for: '3s' }], 'met', /value is met/],
    [
      'a number that may not be',
      [() => 3, { age: { below: '2s', missedFor: '1s' } }, { for: '3s' }],
      'missed',
      /age is missed/,
    ],
    [
      'no number where one is judged',
      [() => 'three', { value: { below: 4 } }, { for: '3s' }],
      'unknown',
      /value is unknown/,
    ],
  ])('is told of %s', async (_what, [look, tolerances, options], state, text) => {
    const held = await judgeHold(look, tolerances, options, clock());
    expect(held).toEqual({ state, text: matching(text) });
  });

  it('is told of answers that come too late, or never', async () => {
    const time = clock();
    const late = async () => time.sleep(60);
    const limits = { p95: { below: '50ms' } } as const;
    expect((await judgeHold(late, limits, { for: '3s' }, time)).state).toBe('missed');
    const never = () => new Promise<never>(() => undefined);
    expect(await judgeHold(never, errorRate, { for: '3s', timeout: '100ms' }, clock())).toMatchObject({
      state: 'missed',
    });
  });

  it('does not take looks that came too late for those that were due while nobody looked', async () => {
    const time = clock();
    let busyMs = 0;
    const look = () => {
      // What keeps this process busy keeps it from looking.
      busyMs = 2_000;
    };
    const behind = { ...time, now: () => time.now() + busyMs };
    const held = await judgeHold(look, errorRate, { for: '800ms' }, behind);
    expect(held).toEqual({ state: 'unknown', text: matching(/the prober itself spoilt/) });
  });

  it.each<[string, Parameters<typeof assertHolds>, string]>([
    ['a tolerance', [() => 1, { p95: { below: '0s' } }], 'p95.below: '],
    ['no tolerance', [() => 1, {}], 'a probe without a tolerance judges nothing'],
    ['a time', [() => 1, errorRate, { for: 'soon' }], "for: 'soon' is no duration"],
    ['a rate', [() => 1, errorRate, { rate: 'often' }], "rate: 'often'"],
  ])('is not asked with %s that makes no sense', async (_what, given, message) => {
    await expect(assertHolds(...given)).rejects.toThrow(message);
  });
});

describe('whether something recovers', () => {
  /** What fails at first, and answers from so long after the first look on. */
  const backAfter = (time: ReturnType<typeof clock>, ms: number, untilMs = Number.POSITIVE_INFINITY) => {
    const startMs = time.now();
    return () => {
      const passedMs = time.now() - startMs;
      return passedMs >= ms && passedMs < untilMs ? undefined : fail();
    };
  };
  it.each([
    ['at once', 0, Number.POSITIVE_INFINITY, 'met', /back at once/],
    ['in time', 2_000, Number.POSITIVE_INFINITY, 'met', /back within 2(\.0\d?)? s|back within 1\.9/],
    ['too late', 8_000, Number.POSITIVE_INFINITY, 'missed', /not below 5%|error/],
    ['for a moment', 1_000, 1_300, 'missed', /not below 5%|error/],
  ] as const)('is told of what comes back %s', async (_what, ms, untilMs, state, text) => {
    const time = clock();
    const judged = await judgeRecoveryWithin(backAfter(time, ms, untilMs), '5s', errorRate, {}, time);
    expect(judged).toEqual({ state, text: matching(text) });
  });

  it('is not asked within no time', async () => {
    await expect(assertRecoversWithin(() => 1, '0s', errorRate)).rejects.toThrow(
      "within: '0s' is no duration",
    );
  });
});

describe('the matchers', () => {
  const fast = { rate: '400/s', for: '400ms' } as const;
  const median = { p50: { below: '1s' } } as const;

  it('pass and fail as what they judge does', async () => {
    await expect(() => 1).toHold(median, fast);
    await expect(expect(fail).toHold(median, fast)).rejects.toThrow('it did not hold:\n  p50 is missed');
    await expect(fail).not.toHold(median, fast);
    await expect(expect(() => 1).not.toHold(median, fast)).rejects.toThrow('it held:\n  p50 is met');
    await expect(() => 1).toRecoverWithin('300ms', median, { rate: '100/s' });
  });

  it('fail of what nobody could tell, asked either way', async () => {
    const short = { during: () => undefined };
    await expect(expect(() => 1).toHold(median, short)).rejects.toThrow('as far as could be seen');
    await expect(expect(() => 1).not.toHold(median, short)).rejects.toThrow('as far as could be seen');
    await expect(assertHolds(() => 1, median, short)).rejects.toThrow('it did not hold');
  });

  it('say what they are about', async () => {
    await expect(expect(1).toHold(median)).rejects.toThrow('toHold takes a function');
  });
});
