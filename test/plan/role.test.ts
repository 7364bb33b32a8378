import { describe, expect, it } from 'vitest';
import { environmentTarget, planOf, slowDatabase, staging, stopTasks } from './examples.ts';

const statements = (plan: ReturnType<typeof planOf>) =>
  Object.fromEntries(plan.role?.statements.map(({ Sid, ...statement }) => [Sid, statement]) ?? []);

describe("FIS's role", () => {
  it('may change only what carries the environment tag', () => {
    expect(statements(planOf(stopTasks))['OnlyInTheEnvironment']).toEqual({
      Effect: 'Allow',
      Action: ['ecs:DescribeTasks', 'ecs:StopTask'],
      Resource: ['*'],
      Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1', 'aws:ResourceTag/Env': 'staging' } },
    });
  });

  it("may run Amazon's own scripts only, on managed instances that carry the tag", () => {
    const { OnlyOnItsManagedInstances, OnlyAmazonsScripts } = statements(planOf(slowDatabase));
    expect(OnlyOnItsManagedInstances).toMatchObject({
      Action: ['ssm:SendCommand'],
      Resource: ['arn:aws:ssm:eu-west-1:111111111111:managed-instance/*'],
      Condition: { StringEquals: { 'ssm:resourceTag/Env': 'staging' } },
    });
    expect(OnlyAmazonsScripts?.Resource).toEqual(['arn:aws:ssm:eu-west-1::document/AWSFIS-Run-*']);
  });

  it('has nothing that the actions of the experiment do not need', () => {
    const allowed = planOf(stopTasks).role?.statements.flatMap(({ Action }) => Action);
    expect(allowed).toEqual([
      'ecs:DescribeTasks',
      'ecs:StopTask',
      'ecs:ListTasks',
      'tag:GetResources',
      'logs:CreateLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:PutResourcePolicy',
    ]);
  });

  it.each([
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['eu-west-1', 'aws'],
  ])('is trusted in the partition of its Region: %s', (region, partition) => {
    const { role } = planOf(stopTasks, environmentTarget({ ...staging, region }));
    expect(role?.trust).toEqual({
      service: 'fis.amazonaws.com',
      conditions: {
        StringEquals: { 'aws:SourceAccount': '111111111111' },
        ArnLike: { 'aws:SourceArn': `arn:${partition}:fis:${region}:111111111111:experiment/*` },
      },
    });
  });
});
