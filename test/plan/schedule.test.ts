import { expect, it } from 'vitest';
import { labTarget, planOf, slowDatabase } from './examples.ts';

const environments = {
  staging: { schedule: 'rate(7 days)', timeZone: 'UTC', flexibleWindow: '2h' },
} as const;

it('an experiment starts by itself as its deployment to the environment says', () => {
  expect(planOf({ ...slowDatabase, environments }).schedule).toEqual({
    expression: 'rate(7 days)',
    timeZone: 'UTC',
    flexibleWindowMinutes: 120,
  });
});

it('an experiment without a schedule, or in a lab, does not start by itself', () => {
  expect(planOf(slowDatabase).schedule).toBeUndefined();
  expect(planOf({ ...slowDatabase, environments }, labTarget()).schedule).toBeUndefined();
});
