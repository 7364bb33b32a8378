import { Match } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { runnerInputSchema } from '../../lib/plan/runner-input.ts';
import { slowDatabase, staging } from '../plan/examples.ts';
import { assertable, type CloudFormation, synthesize } from './synthesis.ts';
import { synthesized } from './synthesized.ts';

const stackName = 'steadfast-staging-experiments-team-shop';
const scheduled = {
  ...slowDatabase,
  environments: {
    staging: { schedule: 'cron(0 2 ? * WED *)', timeZone: 'Europe/Dublin', flexibleWindow: '15m' },
  },
} as const;

describe('the experiments of an owner', () => {
  let stacks: ReadonlyMap<string, CloudFormation>;

  beforeAll(() => {
    stacks = synthesize({ experiments: [scheduled] });
  });

  it('have an FIS template for each stage, with tags of their own and a log', () => {
    const template = assertable(stacks, stackName);
    template.resourceCountIs('AWS::FIS::ExperimentTemplate', 3);
    template.hasResourceProperties('AWS::FIS::ExperimentTemplate', {
      Tags: {
        Name: 'steadfast-staging-slow-database-2',
        'steadfast:environment': 'staging',
        'steadfast:experiment': 'slow-database',
      },
      Targets: { slow: { SelectionMode: 'PERCENT(50)' } },
      ExperimentOptions: { EmptyTargetResolutionMode: 'fail' },
      LogConfiguration: {
        LogSchemaVersion: 2,
        CloudWatchLogsConfiguration: {
          LogGroupArn:
            'arn:aws:logs:eu-west-1:111111111111:log-group:/aws/vendedlogs/steadfast/staging/fis:*',
        },
      },
    });
  });

  it('stop on the own guards of the environment, not on those that the runner polls', () => {
    const production = {
      alarm: 'arn:aws:cloudwatch:eu-west-1:222222222222:alarm:errors',
      readBy: 'arn:aws:iam::222222222222:role/reads-alarms',
    };
    const environments = [{ ...staging, guards: { ...staging.guards, production } }];
    assertable(synthesize({ environments }), stackName).allResourcesProperties(
      'AWS::FIS::ExperimentTemplate',
      {
        StopConditions: [
          {
            Source: 'aws:cloudwatch:alarm',
            Value: 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:steadfast-staging-shopErrors',
          },
        ],
      },
    );
  });

  it('let FIS take on a role only for experiments of this account and Region', () => {
    assertable(stacks, stackName).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Principal: { Service: 'fis.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': '111111111111' },
              ArnLike: { 'aws:SourceArn': 'arn:aws:fis:eu-west-1:111111111111:experiment/*' },
            },
          },
        ],
      },
    });
  });

  it('start by schedule through their launcher, at most five minutes late, and never in silence', () => {
    const template = assertable(stacks, stackName);
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      Name: 'steadfast-staging-slow-database',
      ScheduleExpression: 'cron(0 2 ? * WED *)',
      ScheduleExpressionTimezone: 'Europe/Dublin',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
      Target: {
        Arn: 'arn:aws:scheduler:::aws-sdk:sfn:startExecution',
        RoleArn: 'arn:aws:iam::111111111111:role/steadfast-staging-scheduler',
        RetryPolicy: { MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 2 },
        DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-west-1:111111111111:steadfast-staging-missed-starts' },
        Input: Match.serializedJson({
          StateMachineArn:
            'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-staging-slow-database',
          Name: '<aws.scheduler.execution-id>',
          Input: JSON.stringify({ scheduledTime: '<aws.scheduler.scheduled-time>' }),
        }),
      },
    });
  });

  it('have no schedule where the definition names none', () => {
    assertable(synthesize(), stackName).resourceCountIs('AWS::Scheduler::Schedule', 0);
  });
});

describe('a launcher', () => {
  const { launcher } = synthesized(scheduled);

  it('carries the plan, in which every stage has the id of its template', () => {
    const { Result } = z
      .looseObject({ Result: z.object({ input: runnerInputSchema }) })
      .parse(launcher.States['Plan']);
    expect(Result.input.stages.map(({ templateId }) => templateId)).toEqual([
      'EXT-steadfast-staging-slow-database-1',
      'EXT-steadfast-staging-slow-database-2',
      'EXT-steadfast-staging-slow-database-3',
    ]);
  });

  it('starts the shared runner of its environment under its own name', () => {
    expect(launcher.States['Run']).toMatchObject({
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Parameters: {
        StateMachineArn: 'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-runner-staging',
        'Name.$': '$$.Execution.Name',
        Input: { 'runId.$': '$$.Execution.Name', 'input.$': '$.input', failures: {} },
      },
    });
  });

  it('stays far below what Step Functions takes', () => {
    expect(JSON.stringify(launcher).length).toBeLessThan(20_000);
  });
});
