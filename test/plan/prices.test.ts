import { describe, expect, it } from 'vitest';
import { bill, prices, usdOf } from '../../lib/plan/prices.ts';

describe('prices', () => {
  it.each(Object.entries(prices))('name a source and a date, and cost something: %s', (_, price) => {
    expect(price.usd).toBeGreaterThan(0);
    expect(price.per).toBeGreaterThanOrEqual(1);
    expect(price.source).toMatch(/^https:\/\/aws\.amazon\.com\/.*pricing/);
    expect(new Date(price.asOf).toISOString().slice(0, 10)).toBe(price.asOf);
  });

  it('make the bill that AWS shows in its examples', () => {
    // FIS pricing page: two actions of 20 minutes and one of 10 are 50 action-minutes, 5 USD.
    expect(usdOf('fisActionMinute', 50)).toBeCloseTo(5, 9);
    // X-Ray pricing page: 48,800 traces, 0.24 USD.
    expect(usdOf('trace', 48_800)).toBeCloseTo(0.244, 9);
  });

  it('add up, each part by itself, with prices of one’s own in their place', () => {
    const amounts = { stateTransition: 1_000, lambdaRequest: 2_000_000 };
    const whole = bill(amounts);
    expect(whole.usd).toBeCloseTo(0.425, 9);
    expect(whole.parts.stateTransition).toBeCloseTo(0.025, 9);
    expect(bill(amounts, { lambdaRequest: 0.1 }).usd).toBeCloseTo(0.225, 9);
  });
});
