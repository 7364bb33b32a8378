import { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { gameDayInputSchema } from '../../../lib/game-day/input.ts';
import { anything, withFields } from '../../fakes/matching.ts';
import { slowDatabase } from '../../plan/examples.ts';
import { aslProblemsOf } from '../asl-problems.ts';
import { nagFindings } from '../nag-findings.ts';
import { schemaProblems } from '../schema-problems.ts';
import { assertable, type CloudFormation, synthesizeApp } from '../synthesis.ts';
import { definitionsIn } from '../synthesized.ts';
import { operators, slowDay } from './example.ts';

const stackName = 'steadfast-staging-game-days';
const inStaging = { ...slowDatabase, environments: { staging: {} } };

/** What people wrote may look like a name that something is put in place of. */
const odd = { ...slowDay, id: 'odd-day', hypothesis: `Nothing is put for \${gameDayFunction}.` };

describe('the game days of an environment, as they are deployed', () => {
  let app: ReturnType<typeof synthesizeApp>;
  let template: CloudFormation;
  let stacks: ReadonlyMap<string, CloudFormation>;

  beforeAll(() => {
    app = synthesizeApp({ experiments: [inStaging], gameDays: [slowDay, odd] });
    stacks = new Map([...app.stacks].map(([name, one]) => [name, one.template]));
    template = stacks.get(stackName) ?? { Resources: {} };
  });

  const resources = (type: string) =>
    Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
  const properties = (type: string) => resources(type).map(([, { Properties }]) => Properties);
  const functionNamed = (name: string) =>
    resources('AWS::Lambda::Function').find(
      ([, { Properties }]) => Properties['FunctionName'] === `steadfast-staging-${name}`,
    )?.[0] ?? `no function ${name}`;

  it('have a state machine each, which holds its plan and what people wrote to the letter', () => {
    expect(properties('AWS::StepFunctions::StateMachine').map((one) => one['StateMachineName'])).toEqual([
      'steadfast-gameday-staging-slow-day',
      'steadfast-gameday-staging-odd-day',
    ]);
    const planOf = z.looseObject({ Result: z.object({ input: gameDayInputSchema }) });
    const plans = definitionsIn(template).map(({ States }) => planOf.parse(States['Plan']).Result.input);
    expect(plans.map(({ id }) => id)).toEqual(['slow-day', 'odd-day']);
    expect(plans[1]?.hypothesis).toBe(odd.hypothesis);
    expect(plans[0]?.principals.operator).toEqual([operators]);
  });

  it('have state machines that the ASL validator accepts, with nothing left to fill in but what people wrote', () => {
    const [first] = definitionsIn(template);
    expect(definitionsIn(template).flatMap(aslProblemsOf)).toEqual([]);
    expect(JSON.stringify(first)).not.toContain('$' + '{');
    expect(JSON.stringify(first)).toContain('arn:aws:states:::states:startExecution.sync:2');
  });

  it('fit the schemas, and leave cdk-nag and the fence without a finding', () => {
    expect(schemaProblems(template)).toEqual([]);
    expect(nagFindings(app.app)).toEqual([]);
    expect(app.findings).toEqual([]);
  });

  it('have one widget for each role that somebody acts in, which is told that role', () => {
    const widgets = properties('AWS::Lambda::Function').flatMap(({ FunctionName, Environment }) =>
      String(FunctionName).includes('-view-') ? [[FunctionName, Environment]] : [],
    );
    expect(widgets).toEqual(
      ['operator', 'observer', 'onCall'].map((role) => [
        `steadfast-staging-view-${role}`,
        { Variables: withFields({ STEADFAST_ROLE: role }) },
      ]),
    );
  });

  it('show each role its own widget, on a dashboard of its own', () => {
    const dashboards = properties('AWS::CloudWatch::Dashboard');
    expect(dashboards.map(({ DashboardName }) => DashboardName)).toEqual([
      'steadfast-staging-gameday-operator',
      'steadfast-staging-gameday-observer',
      'steadfast-staging-gameday-onCall',
    ]);
    for (const [index, role] of ['operator', 'observer', 'onCall'].entries()) {
      const body = JSON.stringify(dashboards[index]?.['DashboardBody']);
      const others = ['operator', 'observer', 'onCall'].filter((other) => other !== role);
      expect(body).toContain(functionNamed(`view-${role}`));
      for (const other of others) expect(body).not.toContain(functionNamed(`view-${other}`));
      expect(body).toContain('slow-day');
    }
  });

  it('answer the command by a URL that asks for a signature, and say where it is', () => {
    expect(properties('AWS::Lambda::Url')).toEqual([
      { AuthType: 'AWS_IAM', TargetFunctionArn: { 'Fn::GetAtt': [functionNamed('desk'), 'Arn'] } },
    ]);
    assertable(stacks, stackName).hasResourceProperties('AWS::SSM::Parameter', {
      Name: '/steadfast/staging/game-days-url',
    });
  });

  it('sign evidence by a key of an elliptic curve, which stays when the stack goes', () => {
    expect(resources('AWS::KMS::Key')).toEqual([
      [
        anything(),
        withFields({
          // But for a stack whose first deployment fails.
          DeletionPolicy: 'RetainExceptOnCreate',
          UpdateReplacePolicy: 'Retain',
          Properties: withFields({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }),
        }),
      ],
    ]);
    expect(properties('AWS::KMS::Alias').map(({ AliasName }) => AliasName)).toEqual([
      'alias/steadfast-staging-evidence',
    ]);
  });

  it('wake the scribe when an alarm changes that matters, and each minute; what it could not serve is kept, and rings', () => {
    const scribe = { 'Fn::GetAtt': [functionNamed('scribe'), 'Arn'] };
    const rules = properties('AWS::Events::Rule');
    expect(rules).toHaveLength(2);
    for (const { Targets } of rules)
      expect(Targets).toEqual([withFields({ Arn: scribe, DeadLetterConfig: anything() })]);
    assertable(stacks, stackName).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.cloudwatch'],
        'detail-type': ['CloudWatch Alarm State Change'],
        resources: Match.arrayWith([
          { prefix: 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:steadfast-staging-' },
          'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:shop-latency',
        ]),
      },
    });
    assertable(stacks, stackName).hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'steadfast-runner-staging-scribe-lost',
      AlarmActions: ['arn:aws:sns:eu-west-1:111111111111:steadfast-staging'],
    });
  });

  it('ring when an edition fails or runs out of time, and not when a person ended it', () => {
    const watched = properties('AWS::CloudWatch::Alarm').flatMap(({ Namespace, MetricName, Dimensions }) =>
      Namespace === 'AWS/States' ? [[MetricName, JSON.stringify(Dimensions)]] : [],
    );
    const ofSlowDay = watched.filter(([, dimensions]) => String(dimensions).includes('slow-day'));
    expect(ofSlowDay.map(([metric]) => metric)).toEqual(['ExecutionsFailed', 'ExecutionsTimedOut']);
  });

  it('end the runs of a game day before it is taken away', () => {
    const gates = Object.values(template.Resources).filter(
      ({ Properties }) => Properties['Scope'] === 'game-days',
    );
    expect(gates.map(({ Properties }) => Properties['GameDays'])).toEqual([['slow-day', 'odd-day']]);
  });

  it('are deployed after the launchers that they start', () => {
    const stack = app.app.node.findChild(stackName);
    if (!(stack instanceof Stack)) throw new Error('it is no stack');
    expect(stack.dependencies.map((one) => one.stackName)).toEqual([
      'steadfast-staging-runner',
      'steadfast-staging-experiments-team-shop',
    ]);
  });

  it('add nothing to the other stacks of their environment, and none where there are no game days', () => {
    const without = synthesizeApp({ experiments: [inStaging] });
    expect([...without.stacks.keys()]).toEqual([...stacks.keys()].filter((name) => name !== stackName));
    for (const [name, { template: other }] of without.stacks) expect(stacks.get(name)).toEqual(other);
  });
});
