import { describe, expect, it } from 'vitest';
import { environmentTarget, labTarget, problemsIn, shopLab, slowDatabase, staging } from '../examples.ts';

describe('guards', () => {
  it('must be there', () => {
    const target = { ...environmentTarget(), guards: {} };
    expect(problemsIn({ ...slowDatabase, guards: [] }, target)).toEqual(['no-guard environments.staging']);
  });

  it('are missing in a lab that can play none', () => {
    const guards = { shopErrors: { notRehearsable: 'no metric' } };
    expect(problemsIn({ ...slowDatabase, guards: [] }, labTarget({ ...shopLab, guards }))).toEqual([
      'no-guard lab',
    ]);
  });

  it('are at most as many as FIS stops on', () => {
    const guards = Object.fromEntries(
      Array.from({ length: 5 }, (_, n) => [`guard${n}`, { alarm: `alarm-${n}` }]),
    );
    const target = environmentTarget({ ...staging, guards: { ...guards, ...staging.guards } });
    expect(problemsIn(slowDatabase, target)).toEqual(['too-many-guards environments.staging']);
  });

  it("are alarms of the environment's own account and Region", () => {
    const alarm = 'arn:aws:cloudwatch:eu-west-1:222222222222:alarm:errors';
    const target = environmentTarget({ ...staging, guards: { ...staging.guards, foreign: { alarm } } });
    expect(problemsIn(slowDatabase, target)).toEqual(['foreign-alarm environments.staging']);
    const own = environmentTarget({
      ...staging,
      guards: {
        ...staging.guards,
        own: { alarm: alarm.replaceAll('2', '1').replace('eu-west-1', staging.region) },
      },
    });
    expect(problemsIn(slowDatabase, own)).toEqual([]);
  });

  it.each([
    ['a period that CloudWatch has no alarm for', '45s', '1m'],
    ['a look back of more than a day', '1m', '2d'],
  ] as const)('cannot have %s', (_, period, length) => {
    const target = environmentTarget({
      ...staging,
      metrics: { errorRate: { ...staging.metrics.errorRate, period } },
      guards: { shopErrors: { ...staging.guards.shopErrors, for: length } },
    });
    expect(problemsIn(slowDatabase, target)).toEqual(['alarm-period environments.staging']);
  });
});
