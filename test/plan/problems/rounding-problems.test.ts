import { describe, expect, it } from 'vitest';
import { type ExperimentDefinition, experimentSchema } from '../../../lib/experiment/experiment.ts';
import type { PlanTarget } from '../../../lib/plan/plan-target.ts';
import { problemsOf } from '../../../lib/plan/problems.ts';
import { environmentTarget, labTarget, slowDatabase, staging } from '../examples.ts';

const withShare = (share: '1%' | '10%' | '50%' | '100%'): ExperimentDefinition => ({
  ...slowDatabase,
  stages: [{ share, duration: '2m' }],
});

const told = (share: Parameters<typeof withShare>[0], target: PlanTarget = environmentTarget()) =>
  problemsOf(experimentSchema.parse(withShare(share)), target).map(
    ({ code, severity = 'error', message, hint }) => `${severity} ${code}: ${message} (${hint})`,
  );

describe('a percentage of the targets', () => {
  it('is noted where few targets would make nothing of it, with how many it needs', () => {
    expect(told('10%')).toEqual([
      "note may-round-to-nothing: '10%' of fewer than 10 targets is less than one, and FIS fails (see that there are 10 or more, or write 'one')",
    ]);
  });

  it('is not noted for a half or more: that half of one is nothing is plain', () => {
    expect(told('50%')).toEqual([]);
    expect(told('100%')).toEqual([]);
  });

  it('is refused where it needs more targets than the environment lets a fault hit', () => {
    expect(told('1%')).toEqual([
      "error rounds-to-nothing: '1%' is at least one target only of 100 or more, and environment 'staging' lets a fault hit 50 at most (write 'one', or '2%' or more)",
    ]);
    expect(told('1%', environmentTarget({ ...staging, limits: { targets: 100 } }))).toMatchObject([
      expect.stringContaining('note may-round-to-nothing'),
    ]);
  });

  it('is left to admission in a lab, whose replicas are counted when it runs', () => {
    expect(told('10%', labTarget())).toEqual([]);
  });
});
