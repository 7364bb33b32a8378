import { describe, expect, it } from 'vitest';
import type { EnvironmentDefinition } from '../../../lib/experiment/environment.ts';
import { type ExperimentDefinition, experimentSchema } from '../../../lib/experiment/experiment.ts';
import type { PlanTarget } from '../../../lib/plan/plan-target.ts';
import { problemsOf } from '../../../lib/plan/problems.ts';
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

  const foreign = 'arn:aws:cloudwatch:eu-west-1:222222222222:alarm:errors';
  const own = `arn:aws:cloudwatch:${staging.region}:${staging.account}:alarm:errors`;
  const reader = 'arn:aws:iam::222222222222:role/reads-alarms';
  const withGuard = (guard: EnvironmentDefinition['guards'][string]) =>
    environmentTarget({ ...staging, guards: { ...staging.guards, other: guard } });

  const hintOf = (code: string, target: PlanTarget) =>
    problemsOf(experimentSchema.parse(slowDatabase), target).find((one) => one.code === code)?.hint;

  it("are alarms of the environment's own account and Region, by name or ARN", () => {
    expect(problemsIn(slowDatabase, withGuard({ alarm: own }))).toEqual([]);
    expect(problemsIn(slowDatabase, withGuard({ alarm: 'errors' }))).toEqual([]);
  });

  it.each([
    ['another account', foreign],
    ['another Region', own.replace(staging.region, 'us-east-1')],
  ])('may be an alarm of %s only where a role is named that reads it: both ways are told', (_, alarm) => {
    const target = withGuard({ alarm, watches: 'production' });
    expect(problemsIn(slowDatabase, target)).toEqual(['foreign-alarm environments.staging']);
    const hint = hintOf('foreign-alarm', target);
    expect(hint).toContain('make an alarm there over the shared metric');
    expect(hint).toContain('readBy');
    const readBy = reader.replace('222222222222', alarm.split(':')[4] ?? '');
    expect(problemsIn(slowDatabase, withGuard({ alarm, readBy, watches: 'production' }))).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['own-alarm-polled', own, 'arn:aws:iam::111111111111:role/reads-alarms'],
    ['own-alarm-polled', 'errors', reader],
    ['foreign-reader', foreign, 'arn:aws:iam::333333333333:role/reads-alarms'],
    ['no-alarm', 'arn:aws:sns:eu-west-1:222222222222:errors', reader],
  ])('are refused as %s: %s read by %s', (code, alarm, readBy) => {
    const target = withGuard({ alarm, readBy });
    expect(problemsIn(slowDatabase, target)).toEqual([`${code} environments.staging`]);
    expect(hintOf(code, target)).toBeDefined();
  });

  it('are no ARNs of anything but alarms', () => {
    const target = withGuard({ alarm: 'arn:aws:sns:eu-west-1:111111111111:errors' });
    expect(problemsIn(slowDatabase, target)).toEqual(['no-alarm environments.staging']);
  });

  it('are not named by faults where FIS cannot look at them', () => {
    const faults = {
      look: {
        action: 'aws:cloudwatch:assert-alarm-state',
        parameters: { alarms: ['shopErrors', 'other'], states: ['OK'] },
      },
    } satisfies ExperimentDefinition['faults'];
    const problems = (guard: EnvironmentDefinition['guards'][string]) =>
      problemsIn({ ...slowDatabase, faults }, withGuard(guard)).filter((told) => told.includes('guard'));
    expect(problems({ alarm: foreign, readBy: reader })).toEqual([
      'polled-guard-named faults.look.parameters.alarms.1',
    ]);
    expect(problems({ alarm: own })).toEqual([]);
  });

  it('are not all polled: FIS must stop on one by itself, should the runner die', () => {
    const guards = { shopErrors: { alarm: foreign, readBy: reader, watches: 'production' } };
    expect(problemsIn(slowDatabase, environmentTarget({ ...staging, guards }))).toEqual([
      'only-polled-guards environments.staging',
    ]);
  });

  it('that the runner polls do not count among those that FIS stops on', () => {
    const four = Object.fromEntries(
      Array.from({ length: 4 }, (_, n) => [`guard${n}`, { alarm: `alarm-${n}` }]),
    );
    const polled = { alarm: foreign, readBy: reader };
    const guards = { ...four, ...staging.guards, polled, another: polled };
    expect(problemsIn(slowDatabase, environmentTarget({ ...staging, guards }))).toEqual([]);
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
