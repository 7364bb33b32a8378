import { describe, expect, it } from 'vitest';
import type { EnvironmentDefinition } from '../../lib/experiment/environment.ts';
import { alarmsOf } from '../../lib/plan/alarms.ts';
import { environmentTarget, staging } from './examples.ts';

const alarmOf = (guard: EnvironmentDefinition['guards'][string], period?: '30s' | '5m') => {
  const metrics = {
    errorRate: { ...staging.metrics.errorRate, ...(period === undefined ? {} : { period }) },
  };
  return alarmsOf(environmentTarget({ ...staging, metrics, guards: { ...staging.guards, own: guard } })).find(
    (alarm) => alarm.guard === 'own',
  );
};

describe("a guard's alarm", () => {
  it('is made from its metric and its threshold, whichever side it is on', () => {
    expect(alarmOf({ metric: 'errorRate', above: 5 })).toMatchObject({
      name: 'steadfast-staging-own',
      comparison: 'GreaterThanThreshold',
      threshold: 5,
      periodSeconds: 60,
      evaluationPeriods: 1,
    });
    expect(alarmOf({ metric: 'errorRate', below: 0 })).toMatchObject({
      comparison: 'LessThanThreshold',
      threshold: 0,
    });
  });

  it.each([
    ['2m', undefined, 2],
    ['90s', undefined, 2],
    ['2m', '30s', 4],
    ['1m', '5m', 1],
  ] as const)(
    'looks at whole periods: for %s with a period of %s that is %i',
    (length, period, evaluationPeriods) => {
      expect(alarmOf({ metric: 'errorRate', above: 5, for: length }, period)?.evaluationPeriods).toBe(
        evaluationPeriods,
      );
    },
  );

  it('says whom it watches', () => {
    expect(alarmOf({ metric: 'errorRate', above: 5, watches: 'production' })?.description).toContain(
      'watching production',
    );
  });

  it('is not made where the guard is an alarm already', () => {
    expect(alarmOf({ alarm: 'orders-fall' })).toBeUndefined();
  });
});
