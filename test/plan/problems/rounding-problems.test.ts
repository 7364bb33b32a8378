import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../../lib/plan/problems.ts';
import { declaring, environmentTarget, labTarget } from '../examples.ts';
import { experimentWith } from '../fault-examples.ts';

const target = environmentTarget(declaring);
const throttled = {
  action: 'aws:fis:inject-api-throttle-error',
  selector: { service: 'shop' },
  parameters: { service: 'ec2', operations: ['DescribeInstances'] },
};
const stopped = { action: 'aws:ecs:stop-task', selector: { service: 'shop' } };
const cluster = {
  action: 'aws:eks:inject-kubernetes-custom-resource',
  selector: { service: 'shop' },
  parameters: { apiVersion: 'chaos-mesh.org/v1alpha1', kind: 'PodChaos', spec: {} },
};
const found = (fault: object, share: 'one' | `${number}%`, where = target) =>
  problemsOf(experimentWith(fault, { stages: [{ share, duration: '15m' }] }), where);

describe('a percentage of the targets that can round to nothing', () => {
  it('is refused where the targets are counted, with the percentage that they need', () => {
    expect(found(throttled, '49%')).toMatchObject([
      {
        code: 'rounds-to-nothing',
        path: ['stages', 0, 'share'],
        message:
          "'49%' of the 2 targets of the fault 'it' in environment 'staging' is less than one, and FIS fails",
        hint: "write 'one', or '50%' or more",
      },
    ]);
    expect(found(throttled, '50%')).toEqual([]);
    expect(found(cluster, '99%')).toMatchObject([
      { code: 'rounds-to-nothing', hint: "write 'one', or '100%' or more" },
    ]);
  });

  it('is noted where only admission can count them, with the number that it needs', () => {
    expect(found(stopped, '15%')).toEqual([
      {
        code: 'may-round-to-nothing',
        severity: 'note',
        path: ['stages', 0, 'share'],
        message: "'15%' of fewer than 7 targets is less than one, and FIS fails",
        hint: "see that there are 7 or more, or write 'one'",
      },
    ]);
  });

  it.each(['one', '100%'] as const)('is none at %s', (share) => {
    expect(found(stopped, share)).toEqual([]);
    expect(found(throttled, share)).toEqual([]);
  });

  it('is the affair of the lab that counts its own replicas', () => {
    expect(found(stopped, '15%', labTarget())).toEqual([]);
  });

  it('is not noted for a half or more: that half of one is nothing is plain', () => {
    expect(found(stopped, '50%')).toEqual([]);
  });

  it('is refused where it needs more targets than the environment lets a fault hit', () => {
    expect(found(stopped, '1%')).toMatchObject([
      {
        code: 'rounds-to-nothing',
        message:
          "'1%' is at least one target only of 100 or more, and environment 'staging' lets a fault hit 50 at most",
        hint: "write 'one', or '2%' or more",
      },
    ]);
    const wide = environmentTarget({ ...declaring, limits: { targets: 100 } });
    expect(found(stopped, '1%', wide)).toMatchObject([{ code: 'may-round-to-nothing' }]);
  });
});
