import { Match } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import { slowDatabase, staging } from '../plan/examples.ts';
import { assertable, type CloudFormation, synthesize, templateNamed } from './synthesis.ts';

const core = 'steadfast-staging-core';
const runner = 'steadfast-staging-runner';
const experiments = 'steadfast-staging-experiments-team-shop';

/** The id of FIS's role in a stack of one experiment. */
const roleIn = (Resources: CloudFormation['Resources']) =>
  Object.keys(Resources).find((id) => Resources[id]?.Type === 'AWS::IAM::Role');

describe('what ends runs from outside the runner, as it is deployed', () => {
  let stacks: ReadonlyMap<string, CloudFormation>;

  beforeAll(() => {
    const scheduled = { staging: { schedule: 'cron(0 2 ? * WED *)', timeZone: 'UTC' } };
    stacks = synthesize({
      experiments: [{ ...slowDatabase, environments: scheduled }],
      environments: [{ ...staging, reservedConcurrency: 3 }],
    });
  });

  const functionOf = (name: string) =>
    [core, runner]
      .flatMap((stack) => Object.entries(templateNamed(stacks, stack).Resources))
      .find(([, { Properties }]) => Properties['FunctionName'] === `steadfast-staging-${name}`) ?? [
      '',
      { Properties: {} },
    ];

  it.each([
    [
      'each end of an execution',
      { source: ['aws.states'], detail: { status: ['ABORTED', 'FAILED', 'TIMED_OUT'] } },
    ],
    [
      'each start in FIS',
      { source: ['aws.fis'], detail: { 'new-state': { status: ['pending', 'initiating', 'running'] } } },
    ],
  ])('wakes at %s', (_, pattern) => {
    assertable(stacks, runner).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike(pattern),
      Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [functionOf('stop')[0], 'Arn'] } })],
    });
  });

  it('wakes at the end of the runner and of launchers of this environment, and each minute', () => {
    assertable(stacks, runner).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike({
        detail: Match.objectLike({
          stateMachineArn: [
            'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-runner-staging',
            { prefix: 'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-staging-' },
          ],
        }),
      }),
    });
    assertable(stacks, runner).hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
    });
  });

  it('keeps what did not wake it, does not make up for what is old, and is in no VPC', () => {
    const retry = { MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 2 };
    assertable(stacks, runner).hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      ...retry,
      DestinationConfig: {
        OnFailure: { Destination: 'arn:aws:sqs:eu-west-1:111111111111:steadfast-staging-stop-failures' },
      },
    });
    const rules = Object.values(templateNamed(stacks, runner).Resources).filter(
      ({ Type, Properties }) =>
        Type === 'AWS::Events::Rule' && JSON.stringify(Properties).includes(`"${functionOf('stop')[0]}"`),
    );
    expect(rules).toHaveLength(3);
    for (const { Properties } of rules)
      expect(JSON.stringify(Properties)).toContain('"MaximumEventAgeInSeconds":300');
    for (const name of ['stop', 'halt', 'end-first'])
      expect(functionOf(name)[1].Properties).not.toHaveProperty('VpcConfig');
  });

  it('keeps executions free for the two that stop faults, where the environment says so, and by default none', () => {
    const reserved = (name: string): unknown =>
      Object.entries(functionOf(name)[1].Properties).find(
        ([key]) => key === 'ReservedConcurrentExecutions',
      )?.[1];
    expect(['stop', 'halt', 'end-first', 'fault'].map(reserved)).toEqual([3, 3, undefined, undefined]);
    const plain = templateNamed(synthesize({ experiments: [slowDatabase] }), runner);
    expect(JSON.stringify(plain)).not.toContain('ReservedConcurrentExecutions');
  });

  it('is told before templates and roles of experiments are deleted, and after their schedules are', () => {
    const { Resources } = templateNamed(stacks, experiments);
    const [gate, told] = Object.entries(Resources).find(([id]) => id.includes('EndRunsGate')) ?? [
      '',
      undefined,
    ];
    const templates = Object.keys(Resources).filter(
      (id) => Resources[id]?.Type === 'AWS::FIS::ExperimentTemplate',
    );
    // What refers to something is deleted before it.
    expect(told?.Properties).toMatchObject({
      ServiceToken: 'arn:aws:lambda:eu-west-1:111111111111:function:steadfast-staging-end-first',
      Scope: 'experiments',
      Experiments: { 'slow-database': templates.map((Ref) => ({ Ref })) },
      Roles: { 'slow-database': { Ref: roleIn(Resources) } },
    });
    for (const id of templates)
      expect(Resources[id]?.Properties['RoleArn']).toEqual({ 'Fn::GetAtt': [roleIn(Resources), 'Arn'] });
    const schedule = Object.values(Resources).find(({ Type }) => Type === 'AWS::Scheduler::Schedule');
    expect(schedule).toMatchObject({ DependsOn: [gate] });
  });

  it('leaves the role as it is by which FIS undoes a fault, whatever permissions the next deployment gives', () => {
    const roleOf = (experiment: ExperimentDefinition) =>
      roleIn(templateNamed(synthesize({ experiments: [experiment] }), experiments).Resources);
    const before = roleIn(templateNamed(stacks, experiments).Resources);
    expect(roleOf({ ...slowDatabase, title: 'Another title' })).toBe(before);
    const stop = { action: 'aws:ecs:stop-task', selector: { service: 'shop' } } as const;
    expect(roleOf({ ...slowDatabase, faults: { stop } })).not.toBe(before);
  });

  it.each([runner, core])('is told before anything of %s is deleted', (stack) => {
    const { Resources } = templateNamed(stacks, stack);
    const { DependsOn } = z.looseObject({ DependsOn: z.array(z.string()) }).parse(Resources['EndRunsGate']);
    // Which experiments there are is told once all else of the core is made.
    const isNeeded = (id: string, { Type }: { readonly Type: string }) =>
      !['AWS::CDK::Metadata', 'Custom::SteadfastEndRunsFirst'].includes(Type) &&
      !id.startsWith('Experimentsstaging');
    const others = Object.entries(Resources).flatMap(([id, one]) => (isNeeded(id, one) ? [id] : []));
    expect(DependsOn.toSorted()).toEqual(others.toSorted());
  });

  it('is told which alarms of guards an update takes away, by a function that outlives the runner', () => {
    const { Resources } = templateNamed(stacks, core);
    const alarms = Object.values(Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThan(0);
    expect(Resources['EndRunsGate']?.Properties).toMatchObject({
      Scope: 'guards',
      Guards: alarms.map(({ Properties }) => Properties['AlarmName']),
    });
    expect(Object.keys(Resources)).toContain(functionOf('end-first')[0]);
  });
});
