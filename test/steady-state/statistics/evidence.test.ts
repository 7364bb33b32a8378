import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../lib/run/seeded-random.ts';
import { designEffect } from '../../../lib/steady-state/statistics/design-effect.ts';
import {
  afterLook,
  evidenceIn,
  evidenceOf,
  freshStakes,
} from '../../../lib/steady-state/statistics/evidence.ts';

const noBound = Number.POSITIVE_INFINITY;

describe('evidence that may be looked at as often as one likes', () => {
  it('is no more than its bets: what is expected not to grow under what is allowed', () => {
    // Ville: the chance that it ever exceeds 100 in a run of looks is below one in a hundred, at the very limit.
    const random = seededRandom(11);
    let convinced = 0;
    for (let run = 0; run < 2_000; run += 1) {
      let [beyond, count, most] = [0, 0, 0];
      for (let look = 0; look < 60; look += 1) {
        for (let index = 0; index < 20; index += 1) if (random.next() < 0.05) beyond += 1;
        count += 20;
        most = Math.max(most, evidenceIn({ beyond, count }, 0.05));
      }
      if (most > Math.log(100)) convinced += 1;
    }
    expect(convinced / 2_000).toBeLessThan(0.01);
  });

  it('grows soon when half of the requests fail', () => {
    expect(evidenceIn({ beyond: 30, count: 60 }, 0.05)).toBeGreaterThan(Math.log(1_000_000));
  });

  it('loses its stakes while all is well, and never more than those', () => {
    let stakes = freshStakes;
    for (let look = 0; look < 100; look += 1)
      stakes = afterLook(stakes, { beyond: 0, count: 20 }, 0.05, noBound);
    const well = evidenceOf(stakes);
    expect(well).toBeLessThan(0);
    stakes = afterLook(stakes, { beyond: 15, count: 20 }, 0.05, noBound);
    expect(evidenceOf(stakes)).toBeGreaterThan(well + 10);
  });

  it('wins no more than it may in one look', () => {
    expect(evidenceOf(afterLook(freshStakes, { beyond: 20, count: 20 }, 0.05, 2))).toBeLessThanOrEqual(2);
  });
});

describe('how many samples are worth one independent one', () => {
  const series = (stays: number, seed: number, count = 4_000): boolean[] => {
    const random = seededRandom(seed);
    let beyond = false;
    return Array.from({ length: count }, () => {
      if (random.next() >= stays) beyond = random.next() < 0.2;
      return beyond;
    });
  };

  it('is about one where they are independent', () => {
    const effects = Array.from({ length: 40 }, (_, seed) => designEffect(series(0, seed))).sort(
      (a, b) => a - b,
    );
    expect(effects[20]).toBeLessThan(1.1);
    expect(effects[39]).toBeLessThan(1.6);
  });

  it('is (1 + r) / (1 - r) where each is like the one before with a correlation r', () => {
    // Keeping the last with a probability of 0.8 gives r = 0.8, and an effect of nine.
    const effects = Array.from({ length: 40 }, (_, seed) => designEffect(series(0.8, seed))).sort(
      (a, b) => a - b,
    );
    expect(effects[20]).toBeGreaterThan(6.5);
    expect(effects[20]).toBeLessThan(11);
  });

  it('is one where nothing varies, or too little was seen to tell', () => {
    expect(designEffect([])).toBe(1);
    expect(designEffect(Array.from({ length: 500 }, () => false))).toBe(1);
    expect(designEffect([true, false, true])).toBe(1);
  });
});
