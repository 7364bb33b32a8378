import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { handlerNames, stopNames } from '../../lib/cdk/handler-bundles.ts';
import { fullEnvironment } from './full-environment.ts';
import { assertable, type CloudFormation, synthesize, templateNamed } from './synthesis.ts';
import { definitionsIn } from './synthesized.ts';

const stackName = 'steadfast-staging-runner';

describe('the runner of an environment', () => {
  let stacks: ReadonlyMap<string, CloudFormation>;
  beforeAll(() => {
    stacks = synthesize({ environments: [fullEnvironment] });
  });

  const functionNamed = (name: string) =>
    ['steadfast-staging-core', stackName]
      .flatMap((stack) => Object.values(templateNamed(stacks, stack).Resources))
      .find(({ Properties }) => Properties['FunctionName'] === `steadfast-staging-${name}`)?.Properties ?? {};

  it('has functions on ARM, traced, with logs in JSON, that know their environment', () => {
    const alike = {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      LoggingConfig: expect.objectContaining({ LogFormat: 'JSON' }) as unknown,
    };
    for (const name of handlerNames) {
      expect(functionNamed(name)).toMatchObject({
        ...alike,
        TracingConfig: { Mode: 'Active' },
        Environment: {
          Variables: {
            STEADFAST_ENVIRONMENT: 'staging',
            STEADFAST_TABLE: 'steadfast-staging',
            STEADFAST_BUCKET: 'steadfast-staging-111111111111',
            STEADFAST_TOPIC_ARN: 'arn:aws:sns:eu-west-1:111111111111:steadfast-staging',
            NODE_OPTIONS: '--enable-source-maps',
          },
        },
      });
      expect(functionNamed(name)['VpcConfig']).toBeUndefined();
    }
    for (const name of stopNames)
      expect(functionNamed(name)).toMatchObject({ ...alike, TracingConfig: { Mode: 'Active' } });
    for (const name of ['dispatch', 'report'])
      expect(functionNamed(name)).toMatchObject({ ...alike, TracingConfig: { Mode: 'Active' } });
    assertable(stacks, stackName).resourceCountIs('AWS::Lambda::Function', 11);
    expect(functionNamed('probe-shops')).toMatchObject(alike);
  });

  it('gives up in a function before it gives up in the state that called it', () => {
    const runner = definitionsIn(templateNamed(stacks, stackName)).find(({ StartAt }) => StartAt === 'Admit');
    const task = z.looseObject({
      TimeoutSeconds: z.number(),
      Parameters: z.looseObject({ FunctionName: z.string() }),
    });
    const tasks = Object.values(runner?.States ?? {}).filter(({ Type }) => Type === 'Task');
    expect(tasks.length).toBeGreaterThanOrEqual(9);
    for (const { TimeoutSeconds, Parameters } of tasks.map((state) => task.parse(state))) {
      const called = functionNamed(Parameters.FunctionName.replace('Arn:steadfast-staging-', ''));
      expect(z.number().parse(called['Timeout'])).toBeLessThan(TimeoutSeconds);
    }
  });

  it('follows campaigns by a function that starts launchers of its own environment alone', () => {
    const [starting, ...others] = policiesWith('states:DescribeStateMachine');
    expect([starting?.role, others]).toEqual([expect.stringContaining('Dispatch'), []]);
    expect(starting?.statements).toMatchObject([
      {
        Resource: 'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-staging-*',
        Condition: { StringEquals: { 'aws:ResourceTag/steadfast:environment': 'staging' } },
      },
    ]);
  });

  it('starts FIS experiments only from templates of its environment, in the two functions that must', () => {
    const starting = policiesWith('fis:StartExperiment');
    expect(starting.map(({ role }) => role)).toEqual([
      expect.stringContaining('Admit'),
      expect.stringContaining('Fault'),
    ]);
    for (const { statements } of starting) {
      expect(statements).toEqual([
        expect.objectContaining({
          Resource: 'arn:aws:fis:eu-west-1:111111111111:experiment-template/*',
          Condition: { StringEquals: { 'aws:ResourceTag/steadfast:environment': 'staging' } },
        }),
        expect.objectContaining({
          Resource: 'arn:aws:fis:eu-west-1:111111111111:experiment/*',
          Condition: { StringEquals: { 'aws:RequestTag/steadfast:environment': 'staging' } },
        }),
      ]);
    }
  });

  it('reads only the secrets that the environment declares, where requests are sent', () => {
    const reading = policiesWith('secretsmanager:GetSecretValue');
    expect(reading.map(({ role }) => role)).toEqual([
      expect.stringContaining('Observe'),
      expect.stringContaining('Rollback'),
      expect.stringContaining('Recover'),
      expect.stringContaining('Probeshops'),
      expect.stringContaining('Stop'),
    ]);
    expect(reading[0]?.statements[0]?.Resource).toBe(
      'arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop/token-??????',
    );
    expect(policiesWith('ssm:GetParameter')[0]?.statements[0]?.Resource).toBe(
      'arn:aws:ssm:eu-west-1:111111111111:parameter/shop/key',
    );
  });

  it('reads which experiments are deployed, to admit a run', () => {
    const reading = policiesWith('ssm:GetParametersByPath');
    expect(reading.map(({ role }) => role)).toEqual([expect.stringContaining('Admit')]);
    expect(reading[0]?.statements.map(({ Resource }) => Resource)).toEqual([
      'arn:aws:ssm:eu-west-1:111111111111:parameter/steadfast/staging/experiments',
    ]);
  });

  it('rolls back only by the functions and documents that the environment declares', () => {
    const calling = policiesWith('lambda:InvokeFunction').flatMap(({ role, statements }) =>
      statements.map(({ Resource }) => [role.replace(/Role.*/, ''), Resource]),
    );
    expect(calling).toContainEqual(['Rollback', 'arn:aws:lambda:eu-west-1:111111111111:function:shop-flush']);
    for (const name of ['Observe', 'Rollback', 'Recover'])
      expect(calling).toContainEqual([
        name,
        'arn:aws:lambda:eu-west-1:111111111111:function:steadfast-staging-probe-shops',
      ]);
    const [passing] = policiesWith('iam:PassRole');
    expect(passing?.role).toContain('Rollback');
    expect(passing?.statements[0]).toMatchObject({
      Resource: 'arn:aws:iam::111111111111:role/shop-restart',
      Condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
    });
  });

  it('takes on the declared role that reads foreign guards, and no other, where guards are read', () => {
    const taking = policiesWith('sts:AssumeRole');
    expect(taking.map(({ role }) => role).toSorted()).toEqual([
      expect.stringContaining('Admit'),
      expect.stringContaining('Fault'),
      expect.stringContaining('Observe'),
      expect.stringContaining('Recover'),
      expect.stringContaining('Rollback'),
      expect.stringContaining('Stop'),
    ]);
    for (const { statements } of taking)
      expect(statements.map(({ Resource }) => Resource)).toEqual([
        'arn:aws:iam::222222222222:role/reads-alarms',
      ]);
  });

  it('looks at what actions need of their targets in the function that admits, and nowhere else', () => {
    for (const action of [
      'ecs:DescribeTaskDefinition',
      'ssm:DescribeInstanceInformation',
      'lambda:GetFunctionConfiguration',
    ])
      expect(policiesWith(action).map(({ role }) => role)).toEqual([expect.stringContaining('Admit')]);
    const [functions] = policiesWith('lambda:GetFunctionConfiguration');
    expect(functions?.statements[0]?.Resource).toBe('arn:aws:lambda:eu-west-1:111111111111:function:*');
  });

  it('is traced and logged', () => {
    assertable(stacks, stackName).hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'steadfast-runner-staging',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    });
  });

  it('tells people when a run was not concluded, a start was missed, or somebody could not be told', () => {
    expect(alarms().map(({ AlarmName, MetricName }) => `${AlarmName} ${MetricName}`)).toEqual(
      expect.arrayContaining([
        'steadfast-runner-staging-failed ExecutionsFailed',
        'steadfast-runner-staging-timed-out ExecutionsTimedOut',
        'steadfast-runner-staging-aborted ExecutionsAborted',
        'steadfast-runner-staging-throttled ExecutionThrottled',
        'steadfast-runner-staging-start-missed ApproximateNumberOfMessagesVisible',
        'steadfast-runner-staging-untold NumberOfNotificationsFailed',
      ]),
    );
    for (const { AlarmActions, TreatMissingData } of alarms()) {
      expect(AlarmActions).toEqual(['arn:aws:sns:eu-west-1:111111111111:steadfast-staging']);
      expect(TreatMissingData).toBe('notBreaching');
    }
  });

  it.each([...handlerNames, ...stopNames, 'report'])(
    'tells people when the function fails, is throttled, or is nearly cut off: %s',
    (name) => {
      const timeoutMs = z.number().parse(functionNamed(name)['Timeout']) * 1_000;
      const own = alarms().filter(({ Dimensions }) =>
        Dimensions.some(({ Value }) => Value === `steadfast-staging-${name}`),
      );
      expect(own.map(({ MetricName, Threshold }) => [MetricName, Threshold])).toEqual([
        ['Errors', 0],
        ['Throttles', 0],
        ['Duration', timeoutMs * 0.9],
      ]);
    },
  );

  it('has the alarms that the page of what is deployed lists', () => {
    const page = readFileSync(
      join(import.meta.dirname, '../../docs/explanation/what-is-deployed.md'),
      'utf8',
    );
    const listed = [...page.matchAll(/^\| (`.+?) +\|/gm)].flatMap(([, names = '']) =>
      [...names.matchAll(/`([^`]+)`/g)].flatMap(([, name = '']) =>
        name.includes('<function>')
          ? [...handlerNames, ...stopNames, 'report'].map((one) => name.replace('<function>', one))
          : [name],
      ),
    );
    const made = alarms().map(({ AlarmName }) => AlarmName.replace('steadfast-runner-staging-', ''));
    expect(made.toSorted()).toEqual(listed.toSorted());
    expect(page).toContain(`| ${made.length} alarms on Steadfast itself`);
  });

  it('keeps nothing that is evidence, so that all of it goes with the stack', () => {
    const kept = Object.entries(templateNamed(stacks, stackName).Resources).filter(
      ([, { DeletionPolicy = 'Delete' }]) => DeletionPolicy !== 'Delete',
    );
    expect(kept).toEqual([]);
  });

  it('is started by one role for all launchers, which can start nothing else', () => {
    const template = assertable(stacks, stackName);
    template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'steadfast-staging-launcher',
      Policies: [
        {
          PolicyDocument: {
            Statement: Match.arrayWith([
              Match.objectLike({
                Action: 'states:StartExecution',
                Resource: 'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-runner-staging',
              }),
            ]),
          },
        },
      ],
    });
    template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'steadfast-staging-scheduler',
      Policies: [
        {
          PolicyDocument: {
            Statement: [
              Match.objectLike({
                Action: 'states:StartExecution',
                Resource: 'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-staging-*',
              }),
              Match.objectLike({ Action: 'sqs:SendMessage' }),
            ],
          },
        },
      ],
    });
  });

  function alarms() {
    const alarm = z.looseObject({
      AlarmName: z.string(),
      MetricName: z.string(),
      Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })),
      Threshold: z.number(),
      TreatMissingData: z.string(),
      AlarmActions: z.array(z.string()),
    });
    return Object.values(templateNamed(stacks, stackName).Resources).flatMap(({ Type, Properties }) =>
      Type === 'AWS::CloudWatch::Alarm' ? [alarm.parse(Properties)] : [],
    );
  }

  /** The policies that allow an action, with the statements that do. */
  function policiesWith(action: string) {
    const statement = z.looseObject({
      Action: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
      Resource: z.unknown(),
    });
    const policy = z.looseObject({ PolicyDocument: z.looseObject({ Statement: z.array(statement) }) });
    return Object.entries(templateNamed(stacks, stackName).Resources)
      .filter(([, { Type }]) => Type === 'AWS::IAM::Policy')
      .map(([role, { Properties }]) => ({
        role,
        statements: policy
          .parse(Properties)
          .PolicyDocument.Statement.filter(({ Action }) => Action.includes(action)),
      }))
      .filter(({ statements }) => statements.length > 0);
  }
});
