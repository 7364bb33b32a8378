import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import type { FisAction } from '../../../../lib/cdk/template/action-props.ts';
import { FisTarget } from '../../../../lib/cdk/template/fis-target.ts';
import { problemsOf, stagingStack, template } from '../fixture.ts';

import { hitting, stopIt, targetIn } from './target-fixture.ts';

describe('a target by ARN', () => {
  const throttle: FisAction = {
    action: 'aws:fis:inject-api-throttle-error',
    target: 'it',
    parameters: { service: 'ec2', operations: ['DescribeInstances'] },
    duration: '1m',
  };
  const arns = (count: number) =>
    Array.from({ length: count }, (_, n) => `arn:aws:iam::111111111111:role/caller-${n}`);

  it('is a role of the app', () => {
    const stack = stagingStack();
    const role = new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    template({ ...hitting(throttle, FisTarget.of(role, { selection: 'all' })), role }, stack);
    expect(targetIn(stack)).toEqual({
      ResourceType: 'aws:iam:role',
      ResourceArns: [stack.resolve(role.roleArn)],
      SelectionMode: 'ALL',
    });
  });

  it.each<[string, FisTarget, FisAction, string[]]>([
    [
      'six ARNs',
      FisTarget.arns({ resourceType: 'aws:iam:role', arns: arns(6), selection: 'all' }),
      throttle,
      ['too-many-arns targets.it.arns'],
    ],
    [
      'no ARN',
      FisTarget.arns({ resourceType: 'aws:iam:role', arns: [], selection: 'all' }),
      throttle,
      ['arns targets.it.arns'],
    ],
    [
      'a name',
      FisTarget.arns({ resourceType: 'aws:iam:role', arns: ['caller'], selection: 'all' }),
      throttle,
      ['arns targets.it.arns.0'],
    ],
    [
      'a type that FIS selects by tag',
      FisTarget.arns({ resourceType: 'aws:ecs:task', arns: arns(1), selection: 'all' }),
      stopIt,
      ['selectable-by-tag targets.it.arns'],
    ],
    [
      'a type that FIS takes no ARNs of',
      FisTarget.arns({ resourceType: 'aws:s3:bucket', arns: ['arn:aws:s3:::data'], selection: 'all' }),
      {
        action: 'aws:s3:bucket-pause-replication',
        target: 'it',
        parameters: { region: 'eu-central-1' },
        duration: '5m',
      },
      ['selectable-by-tag targets.it.arns', 'arns targets.it.arns'],
    ],
    [
      'tags beside them',
      Object.assign(FisTarget.arns({ resourceType: 'aws:iam:role', arns: arns(1), selection: 'all' }), {
        tags: { Service: 'shop' },
      }),
      throttle,
      ['tags-and-arns targets.it.tags'],
    ],
  ])('is refused with %s', (_, target, action, problems) => {
    const stack = stagingStack();
    const role = new Role(stack, 'Fis', { assumedBy: new ServicePrincipal('fis.amazonaws.com') });
    expect(problemsOf(() => template({ ...hitting(action, target), role }, stack))).toEqual(problems);
  });
});
