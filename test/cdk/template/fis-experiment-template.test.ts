import { type App, Duration, Fn, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import { FisExperimentTemplate } from '../../../lib/cdk/template/fis-experiment-template.ts';
import { FisTarget } from '../../../lib/cdk/template/fis-target.ts';
import {
  errorAlarm,
  fisProperties,
  problemsOf,
  refusalOf,
  stagingStack,
  tasks,
  template,
  testApp,
} from './fixture.ts';

describe('an FIS experiment template', () => {
  it('selects every target by the environment tag, stops on its alarms, and says what it does', () => {
    const stack = stagingStack();
    const alarm = errorAlarm(stack);
    const value: unknown = stack.resolve(alarm.alarmArn);
    template({ stopConditions: [alarm] }, stack);
    expect(fisProperties(stack)).toMatchObject({
      Description: 'half the tasks stop',
      Targets: {
        tasks: {
          ResourceType: 'aws:ecs:task',
          ResourceTags: { Service: 'shop', Env: 'staging' },
          SelectionMode: 'PERCENT(50)',
        },
      },
      Actions: { stop: { ActionId: 'aws:ecs:stop-task', Targets: { Tasks: 'tasks' } } },
      StopConditions: [{ Source: 'aws:cloudwatch:alarm', Value: value }],
      ExperimentOptions: { AccountTargeting: 'single-account', EmptyTargetResolutionMode: 'fail' },
      Tags: { Name: 'Shop/Template' },
    });
  });

  it('writes parameters as FIS takes them, durations of either kind, and what Fargate needs', () => {
    const stack = stagingStack();
    template(
      {
        actions: {
          slow: {
            action: 'aws:ecs:task-network-latency',
            target: 'tasks',
            parameters: { delay: '500ms', to: ['db.example.com', '10.0.0.0/16'], flows: '30%' },
            duration: Duration.minutes(5),
            description: 'the database answers late',
          },
          rest: { action: 'aws:fis:wait', duration: '90s', startAfter: 'slow' },
        },
      },
      stack,
    );
    expect(fisProperties(stack)['Actions']).toEqual({
      slow: {
        ActionId: 'aws:ecs:task-network-latency',
        Description: 'the database answers late',
        Parameters: {
          delayMilliseconds: '500',
          sources: 'db.example.com,10.0.0.0/16',
          flowsPercent: '30',
          useEcsFaultInjectionEndpoints: 'true',
          duration: 'PT5M',
        },
        Targets: { Tasks: 'tasks' },
      },
      rest: { ActionId: 'aws:fis:wait', Parameters: { duration: 'PT90S' }, StartAfter: ['slow'] },
    });
  });

  it('takes texts that are known only when it is deployed', () => {
    const stack = stagingStack();
    const host = Fn.importValue('host');
    template(
      {
        actions: {
          slow: {
            action: 'aws:ecs:task-network-latency',
            target: 'tasks',
            parameters: { to: [host, 'cache.example.com'] },
            duration: '1m',
          },
        },
      },
      stack,
    );
    expect(fisProperties(stack)['Actions']).toMatchObject({
      slow: {
        Parameters: {
          sources: { 'Fn::Join': ['', [{ 'Fn::ImportValue': 'host' }, ',cache.example.com']] },
        },
      },
    });
  });

  it('says what may be skipped, what it is called and which tags are its own', () => {
    const stack = stagingStack();
    template({ emptyTargetResolution: 'skip', templateName: 'half', tags: { Team: 'shop' } }, stack);
    expect(fisProperties(stack)).toMatchObject({
      ExperimentOptions: { EmptyTargetResolutionMode: 'skip' },
      Tags: { Name: 'half', Team: 'shop' },
    });
  });

  it('is not replaced when the tags of its app change', () => {
    const written = (change: (app: App) => void) => {
      const app = testApp();
      const stack = new Stack(app, 'Shop');
      template({}, stack);
      change(app);
      return fisProperties(stack);
    };
    expect(written((app) => Tags.of(app).add('CostCenter', '42'))).toEqual(written(() => undefined));
  });

  it('can be written for any account and Region', () => {
    const stack = new Stack(testApp(), 'Anywhere');
    template({}, stack);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnLike: {
                'aws:SourceArn': {
                  'Fn::Join': [
                    '',
                    [
                      'arn:',
                      { Ref: 'AWS::Partition' },
                      ':fis:',
                      { Ref: 'AWS::Region' },
                      ':',
                      { Ref: 'AWS::AccountId' },
                      ':experiment/*',
                    ],
                  ],
                },
              },
            },
          }),
        ],
      },
    });
  });
});

describe('the refusal of a template', () => {
  it('names the construct, and holds everything that is wrong with where it is and how to mend it', () => {
    const stack = stagingStack();
    const refusal = refusalOf(() =>
      template(
        {
          targets: { tasks, others: FisTarget.tagged({ tags: { a: 'b' }, selection: 'all' }) },
          actions: {
            slow: {
              action: 'aws:ecs:task-network-latency',
              target: 'taks',
              parameters: { delay: '500ms' },
              duration: '5m',
            },
            late: { action: 'aws:ecs:stop-task', target: 'tasks', startAfter: 'slwo' },
          },
          stopConditions: [],
        },
        stack,
      ),
    );
    expect(refusal.code).toBe('invalid');
    expect(refusal.problems.map(({ file }) => file)).toEqual(Array(4).fill('Shop/Template'));
    expect(refusal.message).toBe(
      [
        'Shop/Template cannot be synthesized, for 4 problems:',
        "  actions.slow.target: no target is called 'taks'",
        "    did you mean 'tasks'?",
        '  targets.others: is hit by no action',
        '    remove it, or name it in an action: target',
        "  actions.late.startAfter: no action is called 'slwo'",
        "    did you mean 'slow'?",
        '  stopConditions: has no alarm, so nothing would end the fault by itself',
        '    add one that watches what customers see, such as a GuardAlarm',
      ].join('\n'),
    );
  });

  it.each([
    ['no action', { actions: {}, targets: {} }, ['no-action actions']],
    ['no description', { description: ' ' }, ['description description']],
    ['a description that FIS cuts off', { description: 'x'.repeat(513) }, ['description description']],
    [
      'more actions than FIS takes',
      {
        actions: Object.fromEntries(
          Array.from({ length: 21 }, (_, n) => [
            `wait${n}`,
            {
              action: 'aws:fis:wait' as const,
              duration: '1m' as const,
              ...(n === 0 ? {} : { startAfter: `wait${n - 1}` }),
            },
          ]),
        ),
        targets: {},
      },
      ['too-many-actions actions'],
    ],
    [
      'a tag that is known only when it is deployed',
      { environmentTag: { key: 'Env', value: Stack.of(stagingStack()).stackId } },
      ['unknown-tag environmentTag.value'],
    ],
    [
      'a tag without a value',
      { environmentTag: { key: 'Env', value: '' } },
      ['missing environmentTag.value'],
    ],
  ])('comes for %s', (_, changes, problems) => {
    expect(problemsOf(() => template(changes))).toEqual(problems);
  });

  it('comes for a role that is given and named at once', () => {
    const stack = stagingStack();
    const role = new Role(stack, 'Given', { assumedBy: new ServicePrincipal('fis.amazonaws.com') });
    expect(problemsOf(() => template({ role, roleName: 'mine' }, stack))).toEqual(['role-name roleName']);
  });
});

describe('a template that is there already', () => {
  it('is known by its id, in the account and Region of the scope', () => {
    const stack = stagingStack();
    const known = FisExperimentTemplate.fromExperimentTemplateId(stack, 'Known', 'EXT1');
    expect(known.experimentTemplateId).toBe('EXT1');
    expect(stack.resolve(known.experimentTemplateArn)).toEqual({
      'Fn::Join': [
        '',
        ['arn:', { Ref: 'AWS::Partition' }, ':fis:eu-west-1:111111111111:experiment-template/EXT1'],
      ],
    });
  });

  it('is known by its ARN, wherever it is', () => {
    const stack = stagingStack();
    const arn = 'arn:aws:fis:us-east-1:222222222222:experiment-template/EXT1';
    const known = FisExperimentTemplate.fromExperimentTemplateArn(stack, 'Known', arn);
    expect(known.experimentTemplateId).toBe('EXT1');
    expect(known.env).toMatchObject({ account: '222222222222', region: 'us-east-1' });
    const role = new Role(stack, 'Runner', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    known.grantStart(role);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'fis:StartExperiment',
            Resource: [arn, 'arn:aws:fis:us-east-1:222222222222:experiment/*'],
          }),
        ]),
      },
    });
  });

  it('can be asked how many there are', () => {
    expect(FisExperimentTemplate.metricAllActiveExperiments().dimensions).toMatchObject({
      Service: 'FIS',
      Resource: 'ActiveExperiments',
    });
    expect(FisExperimentTemplate.metricAllExperimentTemplates().metricName).toBe('ResourceCount');
  });
});
