import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import type { FisAction } from '../../../../lib/cdk/template/action-props.ts';
import { FisTarget } from '../../../../lib/cdk/template/fis-target.ts';
import { problemsOf, refusalOf, stagingStack, template } from '../fixture.ts';

import { hitting, reboot, stopIt, targetIn } from './target-fixture.ts';

describe('a target by tags', () => {
  it('carries the environment tag, filters, parameters and the zone as FIS has it', () => {
    const stack = stagingStack();
    const target = FisTarget.tagged({
      tags: { Service: 'shop' },
      selection: { count: 2 },
      filters: { 'State.Name': 'running', VpcId: ['vpc-1', 'vpc-2'] },
      availabilityZone: 'eu-west-1a',
    });
    template(hitting(reboot, target), stack);
    expect(targetIn(stack)).toEqual({
      ResourceType: 'aws:ec2:instance',
      ResourceTags: { Service: 'shop', Env: 'staging' },
      SelectionMode: 'COUNT(2)',
      Filters: [
        { Path: 'State.Name', Values: ['running'] },
        { Path: 'VpcId', Values: ['vpc-1', 'vpc-2'] },
        { Path: 'Placement.AvailabilityZone', Values: ['eu-west-1a'] },
      ],
    });
  });

  it('can be narrowed by parameters alone', () => {
    const stack = stagingStack();
    const target = FisTarget.tagged({
      parameters: { cluster: 'staging', service: 'shop' },
      selection: 'one',
    });
    template(hitting(stopIt, target), stack);
    expect(targetIn(stack)).toMatchObject({
      Parameters: { cluster: 'staging', service: 'shop' },
      ResourceTags: { Env: 'staging' },
    });
  });

  const tagged = { tags: { Service: 'shop' }, selection: 'one' } as const;
  it.each<[string, FisTarget, FisAction, string[]]>([
    [
      'nothing that narrows it',
      FisTarget.tagged({ selection: 'one' }),
      reboot,
      ['selects-everything targets.it'],
    ],
    [
      'the environment tag',
      FisTarget.tagged({ tags: { Env: 'production' }, selection: 'one' }),
      reboot,
      ['environment-tag targets.it.tags.Env'],
    ],
    [
      'more tags than a resource has',
      FisTarget.tagged({
        tags: Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`t${n}`, 'x'])),
        selection: 'one',
      }),
      reboot,
      ['too-many-tags targets.it.tags'],
    ],
    [
      'a zone that FIS cannot tell',
      FisTarget.tagged({ ...tagged, availabilityZone: 'eu-west-1a' }),
      {
        action: 'aws:lambda:invocation-error',
        target: 'it',
        parameters: { preventExecution: true },
        duration: '1m',
      },
      ['zone targets.it.availabilityZone'],
    ],
    [
      'no zone where FIS needs one',
      FisTarget.tagged(tagged),
      { action: 'aws:elasticache:replicationgroup-interrupt-az-power', target: 'it', duration: '5m' },
      ['missing targets.it.availabilityZone'],
    ],
    [
      'a parameter that it does not have',
      FisTarget.tagged({ ...tagged, parameters: { clutser: 'staging' } }),
      stopIt,
      ['unknown-key targets.it.parameters.clutser'],
    ],
    [
      'a parameter where it has none',
      FisTarget.tagged({ ...tagged, parameters: { cluster: 'staging' } }),
      reboot,
      ['unknown-key targets.it.parameters.cluster'],
    ],
    [
      'a filter without a value, and one that is too long',
      FisTarget.tagged({ ...tagged, filters: { VpcId: [], 'State.Name': 'x'.repeat(129) } }),
      reboot,
      ['filters targets.it.filters.VpcId', 'too-long targets.it.filters.State.Name'],
    ],
    [
      'a parameter that is too long',
      FisTarget.tagged({ ...tagged, parameters: { cluster: 'x'.repeat(1_025) } }),
      stopIt,
      ['too-long targets.it.parameters.cluster'],
    ],
    [
      'a type that FIS cannot select by tag',
      FisTarget.tagged(tagged),
      {
        action: 'aws:fis:inject-api-throttle-error',
        target: 'it',
        parameters: { service: 'ec2', operations: ['DescribeInstances'] },
        duration: '1m',
      },
      ['not-selectable-by-tag targets.it'],
    ],
  ])('is refused with %s', (_, target, action, problems) => {
    const stack = stagingStack();
    const role = new Role(stack, 'Fis', { assumedBy: new ServicePrincipal('fis.amazonaws.com') });
    expect(problemsOf(() => template({ ...hitting(action, target), role }, stack))).toEqual(problems);
  });

  it('that says its type must be of what the action acts on', () => {
    const target = FisTarget.tagged({ ...tagged, resourceType: 'aws:rds:cluster' });
    const refusal = refusalOf(() => template(hitting(reboot, target)));
    expect(refusal.problems).toMatchObject([
      {
        code: 'wrong-target-type',
        path: ['actions', 'hit', 'target'],
        message: "aws:ec2:reboot-instances acts on aws:ec2:instance, and 'it' is of aws:rds:cluster",
      },
    ]);
  });

  it('cannot be of two types at once', () => {
    const changes = {
      targets: { it: FisTarget.tagged(tagged) },
      actions: { reboot, stop: stopIt },
    };
    expect(problemsOf(() => template(changes))).toEqual(['wrong-target-type actions.stop.target']);
  });

  it('needs a name that FIS takes', () => {
    const changes = {
      targets: { '1st': FisTarget.tagged(tagged) },
      actions: { hit: { ...reboot, target: '1st' } },
    };
    expect(problemsOf(() => template(changes))).toEqual(['bad-name targets.1st']);
  });
});
