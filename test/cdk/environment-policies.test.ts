import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  SteadfastApproverPolicy,
  SteadfastOperatorPolicy,
  SteadfastViewerPolicy,
} from '../../lib/cdk/environment-policies.ts';
import { SteadfastEnvironment } from '../../lib/cdk/steadfast-environment.ts';
import { withFields } from '../fakes/matching.ts';
import { staging } from '../plan/examples.ts';
import { testApp } from './template/fixture.ts';

const statementSchema = z.looseObject({
  Sid: z.string().optional(),
  Action: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
  Resource: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
  Condition: z.unknown().optional(),
});
const policySchema = z.looseObject({
  Properties: z.looseObject({
    PolicyDocument: z.looseObject({ Statement: z.array(statementSchema) }),
  }),
});

const stagingIn = (stack: Stack) => SteadfastEnvironment.fromDefinition(stack, 'Staging', staging);
const stack = () =>
  new Stack(testApp(), 'People', { env: { account: staging.account, region: staging.region } });

function statementsOf(Policy: typeof SteadfastOperatorPolicy) {
  const people = stack();
  new Policy(people, 'Policy', { environment: stagingIn(people), managedPolicyName: 'steadfast-people' });
  const [policy] = Object.values(Template.fromStack(people).findResources('AWS::IAM::ManagedPolicy'));
  return policySchema.parse(policy).Properties.PolicyDocument.Statement;
}

/** What IAM takes as a managed policy, white space not counted (IAM quotas). */
const longestPolicy = 6_144;

describe.each([
  ['operators', SteadfastOperatorPolicy],
  ['approvers', SteadfastApproverPolicy],
  ['viewers', SteadfastViewerPolicy],
])('the policy of %s', (_, Policy) => {
  const statements = statementsOf(Policy);

  it('fits what IAM takes', () => {
    expect(JSON.stringify(statements).length).toBeLessThan(longestPolicy - 100);
  });

  it('names every resource within the environment, but for lists', () => {
    const anywhere = statements.filter(({ Resource }) => Resource.includes('*'));
    const calls = anywhere.flatMap(({ Action }) => Action);
    expect(
      calls.filter((call) => !/:(List|Describe|GetMetricData|GetResources|GetSafetyLever)/.test(call)),
    ).toEqual([]);
    const named = statements.flatMap(({ Resource, Condition }) =>
      Resource.filter((arn) => arn !== '*' && Condition === undefined),
    );
    expect(named.filter((arn) => !arn.includes('steadfast') || !arn.includes('staging'))).toEqual([]);
  });

  it('tells FIS experiments of the environment from others by their tag', () => {
    for (const { Action, Resource, Condition } of statements) {
      if (Resource.includes('*') || !Action.some((call) => call.startsWith('fis:'))) continue;
      expect(Condition).toEqual({ StringEquals: { 'aws:ResourceTag/steadfast:environment': 'staging' } });
    }
  });
});

describe('what operators may do', () => {
  const changing = statementsOf(SteadfastOperatorPolicy).filter(({ Action }) =>
    Action.some((call) => !/:(BatchGet|Get|List|Describe|Query|Filter|Simulate)/.test(call)),
  );

  it('is to start launchers, campaigns and the kill switch, to stop runs and faults, to hold experiments back, and nothing else', () => {
    expect(changing.map(({ Action }) => Action)).toEqual([
      ['states:StartExecution'],
      ['states:StopExecution'],
      ['fis:StopExperiment'],
      ['states:StartExecution'],
      ['states:StartExecution'],
      ['s3:PutObject'],
      ['dynamodb:UpdateItem'],
      ['dynamodb:DeleteItem', 'dynamodb:PutItem'],
      ['scheduler:CreateSchedule', 'scheduler:DeleteSchedule'],
      ['iam:PassRole'],
    ]);
  });

  it('is to write halts and pauses into the table, and neither leases nor runs nor approvals', () => {
    const written = changing.filter(({ Action }) => Action.some((call) => call.startsWith('dynamodb:')));
    expect(written.map(({ Condition }) => Condition)).toEqual([
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': 'HALT#*' } },
      { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': 'PAUSE' } },
    ]);
  });

  it('is to let schedules start by the role that starts launchers alone', () => {
    expect(changing.at(-1)).toMatchObject({
      Resource: ['arn:aws:iam::111111111111:role/steadfast-staging-scheduler'],
      Condition: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    });
  });

  it('is to start by launchers alone, not past them', () => {
    const [start, killSwitch] = changing.filter(({ Action }) => Action.includes('states:StartExecution'));
    expect(killSwitch).toMatchObject({
      Resource: ['arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-halt-staging'],
    });
    expect(start).toMatchObject({
      Resource: ['arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-staging-*'],
      Condition: { StringEquals: { 'aws:ResourceTag/steadfast:environment': 'staging' } },
    });
  });
});

describe('what approvers may do', () => {
  it('is to answer what waits for an approval, and nothing else in the table', () => {
    const changing = statementsOf(SteadfastApproverPolicy).filter(({ Action }) =>
      Action.some((call) => !/:(BatchGet|Get|List|Describe|Query|Filter|Simulate)/.test(call)),
    );
    expect(changing).toEqual([
      withFields({
        Action: ['dynamodb:UpdateItem'],
        Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': 'APPROVAL' } },
      }),
    ]);
  });
});

describe('what viewers may do', () => {
  it('changes nothing', () => {
    const calls = statementsOf(SteadfastViewerPolicy).flatMap(({ Action }) => Action);
    expect(calls.filter((call) => !/:(BatchGet|Get|List|Describe|Query|Filter|Simulate)/.test(call))).toEqual(
      [],
    );
  });
});

describe('an environment', () => {
  it.each([
    ['operate', 'states:StopExecution', true],
    ['approve', 'dynamodb:UpdateItem', true],
    ['approve', 'states:StopExecution', false],
    ['view', 'states:StopExecution', false],
    ['view', 's3:GetObject', true],
  ] as const)('lets a role %s it: %s is %s', (what, call, isThere) => {
    const people = stack();
    const role = new Role(people, 'OnCall', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    const environment = stagingIn(people);
    const grants = {
      operate: () => environment.grantOperate(role),
      approve: () => environment.grantApprove(role),
      view: () => environment.grantView(role),
    };
    const grant = grants[what]();
    expect(grant.success).toBe(true);
    const text = JSON.stringify(Template.fromStack(people).findResources('AWS::IAM::Policy'));
    expect(text.includes(call)).toBe(isThere);
  });
});
