import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ChaosExperiment } from '../../lib/cdk/chaos-experiment.ts';
import { definitionText } from '../../lib/cdk/published-definition.ts';
import { SteadfastEnvironment } from '../../lib/cdk/steadfast-environment.ts';
import type { EnvironmentDefinition } from '../../lib/experiment/environment.ts';
import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import { slowDatabase, staging, stopTasks } from '../plan/examples.ts';
import { synthesize, templateNamed } from './synthesis.ts';
import { problemsOf, refusalOf, stagingStack, testApp } from './template/fixture.ts';

const env = { account: staging.account, region: staging.region };

/** An app of another repository, with whatever CDK has looked up for it. */
function othersStack(context: Readonly<Record<string, string>> = {}): Stack {
  const app = testApp();
  for (const [key, value] of Object.entries(context)) app.node.setContext(key, value);
  return new Stack(app, 'Others', { env });
}

/** What CDK keeps of a parameter that it has looked up. */
const contextKey = (parameter: string) =>
  `ssm:account=${env.account}:parameterName=${parameter}:region=${env.region}`;

const parameterSchema = z.looseObject({ Name: z.string(), Value: z.string() });

/** The parameters that the platform team's core stack publishes, as CDK keeps them once it has looked. */
function published(definition: EnvironmentDefinition = staging): Record<string, string> {
  const core = templateNamed(
    synthesize({ experiments: [], environments: [definition] }),
    'steadfast-staging-core',
  );
  const parameters = Object.values(core.Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::SSM::Parameter' ? [parameterSchema.parse(Properties)] : [],
  );
  return Object.fromEntries(
    parameters
      .filter(({ Name }) => Name.startsWith('/steadfast/staging/definition/'))
      .map(({ Name, Value }) => [contextKey(Name), Value]),
  );
}

const lookedUp = (stack: Stack) =>
  SteadfastEnvironment.fromLookup(stack, 'Staging', { environment: 'staging' });
const given = (stack: Stack) => SteadfastEnvironment.fromDefinition(stack, 'Staging', staging);
const added = (
  stack: Stack,
  environment: SteadfastEnvironment,
  experiment: ExperimentDefinition = slowDatabase,
) => new ChaosExperiment(stack, experiment.id, { environment, experiment });

const resourcesIn = (stack: Stack, type: string) => Template.fromStack(stack).findResources(type);

describe('an experiment in an environment that another app deployed', () => {
  it('is what the platform team would have deployed, in a stack of its own', () => {
    const stack = othersStack(published());
    added(stack, lookedUp(stack));
    const written = Template.fromStack(stack);
    written.resourceCountIs('AWS::FIS::ExperimentTemplate', 3);
    written.hasResourceProperties('AWS::FIS::ExperimentTemplate', {
      Targets: { slow: Match.objectLike({ ResourceTags: { Service: 'shop', Env: 'staging' } }) },
      StopConditions: [
        {
          Source: 'aws:cloudwatch:alarm',
          Value: 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:steadfast-staging-shopErrors',
        },
      ],
    });
    written.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'steadfast-staging-slow-database',
      RoleArn: 'arn:aws:iam::111111111111:role/steadfast-staging-launcher',
      Tags: [
        { Key: 'steadfast:environment', Value: 'staging' },
        { Key: 'steadfast:experiment', Value: 'slow-database' },
      ],
    });
  });

  it('is listed by its own stack, once for all experiments in it', () => {
    const stack = othersStack(published());
    const environment = lookedUp(stack);
    added(stack, environment);
    added(stack, environment, stopTasks);
    const lists = Object.values(resourcesIn(stack, 'AWS::SSM::Parameter')).map((one) =>
      parameterSchema.parse(z.looseObject({ Properties: z.unknown() }).parse(one).Properties),
    );
    expect(lists.every(({ Name }) => Name.startsWith('/steadfast/staging/experiments/Others-'))).toBe(true);
    const ids = lists.flatMap(({ Value }) => Value.split(',').filter((item) => !item.startsWith('=')));
    expect(ids.toSorted()).toEqual(['slow-database', 'stop-tasks']);
  });

  it('starts by schedule where its definition says so', () => {
    const stack = othersStack(published());
    const environments = { staging: { schedule: 'rate(7 days)' } } as const;
    added(stack, lookedUp(stack), { ...slowDatabase, environments });
    Template.fromStack(stack).resourceCountIs('AWS::Scheduler::Schedule', 1);
  });

  it('makes nothing until CDK has looked, and asks for what it needs step by step', () => {
    const all = published();
    const asked = (context: Record<string, string>) => {
      const stack = othersStack(context);
      const experiment = added(stack, lookedUp(stack));
      expect(experiment.templates).toEqual([]);
      expect(experiment.launcherName).toBe('steadfast-staging-slow-database');
      const role = new Role(stack, 'Pipeline', {
        assumedBy: new ServicePrincipal('codebuild.amazonaws.com'),
      });
      experiment.grantRun(role);
      Template.fromStack(stack).resourceCountIs('AWS::FIS::ExperimentTemplate', 0);
      return (App.of(stack)?.synth().manifest.missing ?? []).map(({ key }) => key).toSorted();
    };
    const [count, sha256, ...parts] = ['count', 'sha256', '1'].map((name) =>
      contextKey(`/steadfast/staging/definition/${name}`),
    );
    expect(asked({})).toEqual([count, sha256]);
    const { [parts[0] ?? '']: _first, ...others } = all;
    expect(asked(others)).toEqual(parts);
  });

  it('is the same by the definition itself', () => {
    const written = (environmentIn: (stack: Stack) => SteadfastEnvironment) => {
      const stack = othersStack(published());
      added(stack, environmentIn(stack));
      return Template.fromStack(stack).toJSON();
    };
    expect(written(given)).toEqual(written(lookedUp));
  });

  it('is told as state machine, templates, role and metrics', () => {
    const stack = othersStack();
    const experiment = added(stack, given(stack));
    expect(experiment.experimentId).toBe('slow-database');
    expect(experiment.launcherArn).toBe(
      'arn:aws:states:eu-west-1:111111111111:stateMachine:steadfast-staging-slow-database',
    );
    expect(experiment.launcher.stateMachineArn).toBe(experiment.launcherArn);
    expect(
      experiment.templates.map(({ experimentTemplateId }) => stack.resolve(experimentTemplateId) as unknown),
    ).toEqual(Object.keys(resourcesIn(stack, 'AWS::FIS::ExperimentTemplate')).map((Ref) => ({ Ref })));
    expect(experiment.role.roleArn).toBeDefined();
    expect(experiment.metricVerdict('deviated')).toMatchObject({
      namespace: 'Steadfast',
      metricName: 'Runs',
      dimensions: {
        service: 'runner',
        environment: 'staging',
        experiment: 'slow-database',
        verdict: 'deviated',
      },
    });
    expect(experiment.metricRuns().expression).toBe(
      'FILL(errored, 0) + FILL(unrecovered, 0) + FILL(deviated, 0) + FILL(rejected, 0) + FILL(halted, 0) + FILL(inconclusive, 0) + FILL(held, 0)',
    );
  });

  it('lets somebody start it, and nothing else', () => {
    const stack = othersStack();
    const role = new Role(stack, 'Pipeline', { assumedBy: new ServicePrincipal('codebuild.amazonaws.com') });
    const experiment = added(stack, given(stack));
    experiment.grantRun(role);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          { Action: 'states:StartExecution', Effect: 'Allow', Resource: experiment.launcherArn },
          Match.objectLike({ Action: ['states:DescribeExecution', 'states:GetExecutionHistory'] }),
        ],
      },
    });
  });
});

describe('an experiment is refused', () => {
  it('in an environment that it does not name', () => {
    const stack = othersStack();
    const experiment = { ...slowDatabase, environments: { production: {} } };
    expect(refusalOf(() => added(stack, given(stack), experiment)).message).toBe(
      [
        'Others/slow-database cannot be synthesized, for a problem:',
        '  environments: names production, and an experiment is deployed only to environments that it names',
        "    add environments: { 'staging': {} }",
      ].join('\n'),
    );
    const { environments: _, ...nowhere } = slowDatabase;
    expect(problemsOf(() => added(stack, given(othersStack()), { ...nowhere, id: 'nowhere' }))).toEqual([
      'not-named environments',
    ]);
  });

  it('with everything that stands in its way, and what was meant', () => {
    const stack = othersStack();
    const faults = { slow: { ...slowDatabase.faults.slow, selector: { service: 'shpo' } } };
    const refusal = refusalOf(() =>
      added(stack, given(stack), { ...slowDatabase, faults, guards: ['nobody'] }),
    );
    expect(refusal.problems).toMatchObject([
      {
        code: 'unknown-name',
        path: ['faults', 'slow', 'selector', 'service'],
        hint: "did you mean 'shop'?",
        file: 'Others/slow-database',
      },
      { code: 'unknown-name', path: ['guards', 0] },
    ]);
  });

  it('where it does not fit the schema', () => {
    const stack = othersStack();
    const asGiven = z.custom<ExperimentDefinition>();
    const { hypothesis: _, ...silent } = slowDatabase;
    expect(problemsOf(() => added(stack, given(stack), asGiven.parse(silent)))).toEqual([
      'missing hypothesis',
    ]);
  });
});

describe('an environment', () => {
  it('is refused by a stack of another account or Region', () => {
    const elsewhere = stagingStack('Elsewhere', { account: '222222222222', region: 'us-east-1' });
    expect(problemsOf(() => given(elsewhere))).toEqual(['elsewhere account', 'elsewhere region']);
  });

  it('is refused where its definition is none', () => {
    const { guards: _, ...unguarded } = staging;
    const asGiven = z.custom<EnvironmentDefinition>();
    expect(
      problemsOf(() =>
        SteadfastEnvironment.fromDefinition(othersStack(), 'Staging', asGiven.parse(unguarded)),
      ),
    ).toEqual(['missing guards']);
  });

  it('is published in parts that a parameter holds, and read back as it was', () => {
    const description = 'Größe – {{ssm:secret}} '.repeat(400);
    const definition = { ...staging, isolated: { reason: description } };
    const context = published(definition);
    expect(Object.keys(context).length).toBeGreaterThan(3);
    for (const value of Object.values(context)) {
      expect(value.length).toBeLessThanOrEqual(4_096);
      expect(value).toMatch(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/);
      expect(value).not.toContain('{{');
    }
    expect(JSON.parse(definitionText(definition))).toEqual(definition);
    const environment = lookedUp(othersStack(context));
    expect(environment.deployed?.parsed.isolated?.reason).toBe(description.trim());
  });

  it('is refused where its parts do not belong together', () => {
    const context = { ...published(), [contextKey('/steadfast/staging/definition/sha256')]: 'of another' };
    expect(() => lookedUp(othersStack(context))).toThrow(/do not belong together.*cdk context --clear/);
  });

  it('cannot be looked up where the stack does not say its account', () => {
    const anywhere = new Stack(testApp(), 'Anywhere');
    expect(() => lookedUp(anywhere)).toThrow(/account\/region are not specified/);
  });
});
