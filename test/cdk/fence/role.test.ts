import { CfnResource, Stack, Validations } from 'aws-cdk-lib';
import {
  ManagedPolicy,
  PolicyDocument,
  PolicyStatement,
  type PolicyStatementProps,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import type { FenceOptions } from '../../../lib/cdk/fence/fence-options.ts';
import { actions } from '../../../lib/fis/catalogue.ts';
import { roleStatementsOf } from '../../../lib/plan/role-statements.ts';
import { byHand, fenced, place } from './refusals.ts';

const assumedBy = new ServicePrincipal('fis.amazonaws.com');
const ofTag = (value: string | string[] = 'staging') => ({ StringEquals: { 'aws:ResourceTag/Env': value } });

/** What the fence says of a role that may do this, in whichever way it is given it. */
function refusedWith(
  statement: PolicyStatementProps,
  given: 'inline' | 'attached' | 'managed' = 'attached',
  options: Omit<FenceOptions, 'tag'> = {},
) {
  return fenced(
    (app) => {
      const stack = new Stack(app, 'Hand', { env: place });
      const allowed = new PolicyStatement(statement);
      const document = new PolicyDocument({ statements: [allowed] });
      const role = new Role(stack, 'Role', {
        assumedBy,
        ...(given === 'inline' ? { inlinePolicies: { document } } : {}),
        ...(given === 'managed'
          ? { managedPolicies: [new ManagedPolicy(stack, 'Managed', { document })] }
          : {}),
      });
      if (given === 'attached') role.addToPolicy(allowed);
      byHand(stack, 'Template', { RoleArn: role.roleArn });
    },
    { tag: { key: 'Env', value: 'staging' }, ...options },
  ).refusals.map(({ rule }) => rule);
}

describe("FIS's role", () => {
  it.each(['inline', 'attached', 'managed'] as const)(
    'is refused where a policy that is %s lets it change anything',
    (given) => {
      expect(refusedWith({ actions: ['ecs:StopTask'], resources: ['*'] }, given)).toEqual(['role']);
    },
  );

  it.each([
    ['everything', { actions: ['*'], resources: ['*'] }],
    ['all of a service', { actions: ['ecs:*'], resources: ['*'] }],
    [
      'all resources of a type',
      { actions: ['ec2:StopInstances'], resources: ['arn:aws:ec2:*:*:instance/*'] },
    ],
    ['all that is not named', { notActions: ['s3:*'], resources: ['*'] }],
    [
      'what another environment owns',
      { actions: ['ecs:StopTask'], resources: ['*'], conditions: ofTag('production') },
    ],
    [
      'what either environment owns',
      { actions: ['ecs:StopTask'], resources: ['*'], conditions: ofTag(['staging', 'production']) },
    ],
    [
      'what carries no tag at all',
      {
        actions: ['ecs:StopTask'],
        resources: ['*'],
        conditions: { StringEqualsIfExists: { 'aws:ResourceTag/Env': 'staging' } },
      },
    ],
    ['functions of all buckets', { actions: ['s3:PutObject'], resources: ['*'] }],
    ['calls of all roles', { actions: ['fis:InjectApiThrottleError'], resources: ['*'] }],
    ['what others than FIS have made', { actions: ['ec2:DeleteNetworkAcl'], resources: ['*'] }],
  ] satisfies [string, PolicyStatementProps][])('is refused where it may change %s', (_, statement) => {
    expect(refusedWith(statement)).toEqual(['role']);
  });

  it.each([
    ['what carries the tag', { actions: ['ecs:StopTask'], resources: ['*'], conditions: ofTag() }],
    [
      "what carries the tag, by a service's own key",
      {
        actions: ['ssm:SendCommand'],
        resources: ['arn:aws:ssm:*:*:managed-instance/*'],
        conditions: { StringEquals: { 'ssm:resourceTag/Env': 'staging' } },
      },
    ],
    [
      'what is named',
      { actions: ['ecs:StopTask'], resources: ['arn:aws:ecs:eu-west-1:111111111111:task/staging/*'] },
    ],
    [
      "FIS's own scripts",
      { actions: ['ssm:SendCommand'], resources: ['arn:aws:ssm:*::document/AWSFIS-Run-*'] },
    ],
    ['a folder of a bucket', { actions: ['s3:PutObject'], resources: ['arn:aws:s3:::faults/staging/*'] }],
    [
      'calls of some roles',
      {
        actions: ['fis:InjectApiThrottleError'],
        resources: ['*'],
        conditions: {
          'ForAllValues:StringEquals': { 'fis:Targets': ['arn:aws:iam::111111111111:role/shop'] },
        },
      },
    ],
    [
      'what FIS has made',
      {
        actions: ['ec2:DeleteNetworkAcl'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:ResourceTag/managedByFIS': 'true' } },
      },
    ],
    ['nothing', { actions: ['ecs:DescribeTasks', 'ecs:ListTasks', 'tag:GetResources'], resources: ['*'] }],
    ['what no fault needs', { actions: ['logs:CreateLogDelivery'], resources: ['*'] }],
  ] satisfies [string, PolicyStatementProps][])('passes where it may change %s', (_, statement) => {
    expect(refusedWith(statement)).toEqual([]);
  });

  it('may change what no tag confines in an isolated account', () => {
    const inject = { actions: ['fis:InjectApiThrottleError', 's3:PutObject'], resources: ['*'] };
    expect(refusedWith(inject, 'attached', { isolated: true })).toEqual([]);
    const stopTask = { actions: ['ecs:StopTask'], resources: ['*'] };
    expect(refusedWith(stopTask, 'attached', { isolated: true })).toEqual(['role']);
  });

  it('passes as the plan writes it, for whatever action', () => {
    const within = { tag: { key: 'Env', value: 'staging' }, place };
    const needed = actions
      .flatMap(({ permissions }) => [...permissions])
      .filter(
        ({ confinedBy }) =>
          typeof confinedBy === 'string' || 'none' in confinedBy || 'taggingForFis' in confinedBy,
      );
    const { refusals } = fenced((app) => {
      const stack = new Stack(app, 'Hand', { env: place });
      const role = new Role(stack, 'Role', { assumedBy });
      for (const statement of roleStatementsOf(needed, within))
        role.addToPolicy(PolicyStatement.fromJson(statement));
      byHand(stack, 'Template', { RoleArn: role.roleArn });
    });
    expect(refusals).toEqual([]);
  });

  it("is refused with a policy of AWS's own that knows no tags", () => {
    const { refusals } = fenced((app) => {
      const stack = new Stack(app, 'Hand', { env: place });
      const role = new Role(stack, 'Role', {
        assumedBy,
        managedPolicies: [
          ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSFaultInjectionSimulatorECSAccess'),
        ],
      });
      byHand(stack, 'Template', { RoleArn: role.roleArn });
    });
    expect(refusals.map(({ message }) => message)).toEqual([
      'FIS template: its role has AWSFaultInjectionSimulatorECSAccess, a policy of AWS that knows no tag of yours',
    ]);
  });

  it('may be acknowledged, since what a boundary takes away again is not weighed', () => {
    const { error } = fenced((app) => {
      const stack = new Stack(app, 'Hand', { env: place });
      const role = new Role(stack, 'Role', { assumedBy });
      role.addToPolicy(new PolicyStatement({ actions: ['ecs:StopTask'], resources: ['*'] }));
      const template = byHand(stack, 'Template', { RoleArn: role.roleArn });
      Validations.of(template).acknowledge({
        id: 'steadfast-fence::role',
        reason: 'its boundary asks for the tag',
      });
    });
    expect(error).toBeUndefined();
  });
});

describe('the role in a target account', () => {
  const there = 'arn:aws:iam::222222222222:role/hit-here';
  const refused = (properties: object, declared: string[] = []) =>
    fenced(
      (app) => {
        const stack = new Stack(app, 'Hand', { env: place });
        const template = byHand(stack, 'Template');
        new CfnResource(stack, 'Account', {
          type: 'AWS::FIS::TargetAccountConfiguration',
          properties: { ExperimentTemplateId: template.ref, AccountId: '222222222222', ...properties },
        });
      },
      { tag: { key: 'Env', value: 'staging' }, declared },
    ).refusals.map(({ rule, construct }) => `${rule} ${construct}`);
  const breach = 'target-accounts Hand/Account';

  it('must be given, be declared, and be of that account', () => {
    expect(refused({ RoleArn: there }, [there])).toEqual([]);
    expect(refused({})).toEqual([breach]);
    expect(refused({ RoleArn: '' })).toEqual([breach]);
    expect(refused({ RoleArn: there })).toEqual([breach]);
    const elsewhere = there.replace('222222222222', '333333333333');
    expect(refused({ RoleArn: elsewhere }, [elsewhere])).toEqual([breach]);
  });
});
