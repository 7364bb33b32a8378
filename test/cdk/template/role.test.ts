import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import type { FisAction } from '../../../lib/cdk/template/action-props.ts';
import { FisTargetAccountRole } from '../../../lib/cdk/template/target-account-role.ts';
import {
  environmentTag,
  fisProperties,
  problemsOf,
  refusalOf,
  stagingStack,
  template,
  testApp,
} from './fixture.ts';

const lambdaRole = (stack: Stack) =>
  new Role(stack, 'Lambda', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
const givenRole = (stack: Stack) =>
  new Role(stack, 'Given', { assumedBy: new ServicePrincipal('fis.amazonaws.com') });

const throttled: FisAction = {
  action: 'aws:lambda:invocation-error',
  target: 'tasks',
  parameters: { preventExecution: true },
  duration: '5m',
};

describe('the role of a template', () => {
  it('may do what its actions need, on what carries the environment tag', () => {
    const stack = stagingStack();
    template({}, stack);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      Policies: [
        {
          PolicyDocument: {
            Statement: Match.arrayWith([
              {
                Sid: 'OnlyInTheEnvironment',
                Effect: 'Allow',
                Action: ['ecs:DescribeTasks', 'ecs:StopTask'],
                Resource: '*',
                Condition: {
                  StringEquals: { 'aws:RequestedRegion': 'eu-west-1', 'aws:ResourceTag/Env': 'staging' },
                },
              },
            ]),
          },
        },
      ],
    });
  });

  it('is in the partition of its stack, whichever that is', () => {
    const stack = new Stack(testApp(), 'Anywhere');
    template(
      { actions: { slow: { action: 'aws:ecs:task-network-latency', target: 'tasks', duration: '5m' } } },
      stack,
    );
    const text = JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Role'));
    expect(text).toContain('document/AWSFIS-Run-*');
    expect(text).not.toContain('arn:aws:');
  });

  it('has no right but to wait where it only waits', () => {
    const stack = stagingStack();
    template({ targets: {}, actions: { rest: { action: 'aws:fis:wait', duration: '1m' } } }, stack);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { Policies: Match.absent() });
  });

  it('is called what others know it by', () => {
    const stack = stagingStack();
    template({ roleName: 'fis-orchestrator' }, stack);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { RoleName: 'fis-orchestrator' });
  });

  it('may be one that is given, and then gets no right to faults', () => {
    const stack = stagingStack();
    const role = givenRole(stack);
    const made = template({ role }, stack);
    expect(made.role).toBe(role);
    const written = Template.fromStack(stack);
    written.resourceCountIs('AWS::IAM::Role', 1);
    written.resourceCountIs('AWS::IAM::Policy', 0);
  });

  it('is not made where IAM could confine it by no tag', () => {
    const refusal = refusalOf(() => template({ actions: { fail: throttled } }));
    expect(refusal.problems).toMatchObject([{ code: 'not-declared', path: ['actions', 'fail', 'action'] }]);
  });

  it('can be granted more, as that of every construct', () => {
    const stack = stagingStack();
    const made = template({}, stack);
    made.grantStart(made);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 1);
    expect(made.grantPrincipal).toBe(made.role.grantPrincipal);
  });
});

describe('what a template grants', () => {
  const granted = (grant: (made: ReturnType<typeof template>, role: Role) => unknown) => {
    const stack = stagingStack();
    const made = template({}, stack);
    grant(made, lambdaRole(stack));
    const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    return JSON.stringify(policy);
  };

  it('is to start it and no other, and to make the role of FIS the first time', () => {
    const policy = granted((made, role) => made.grantStart(role));
    expect(policy).toContain('"fis:StartExperiment"');
    expect(policy).toContain(':experiment-template/');
    expect(policy).not.toContain('experiment-template/*');
    expect(policy).toContain('"iam:AWSServiceName":"fis.amazonaws.com"');
    expect(policy).toContain('role/aws-service-role/fis.amazonaws.com/AWSServiceRoleForFIS');
  });

  it('is to stop experiments', () => {
    const policy = granted((made, role) => made.grantStop(role));
    expect(policy).toContain('"fis:StopExperiment"');
    expect(policy).toContain('experiment/*');
  });

  it('is to look, and nothing that changes anything', () => {
    const policy = granted((made, role) => made.grantRead(role));
    const calls = [...policy.matchAll(/"fis:(\w+)"/g)].map(([, call = '']) => call);
    expect(calls).toContain('GetExperiment');
    expect(calls.filter((call) => !/^(Get|List)/.test(call))).toEqual([]);
  });

  it('is whatever else is asked for, on the template alone', () => {
    const policy = granted((made, role) => made.grant(role, 'fis:TagResource'));
    expect(policy).toContain('"fis:TagResource"');
    expect(policy).not.toContain('experiment/*');
  });
});

describe('a template of several accounts', () => {
  const account = (id: string) => ({ accountId: id, roleArn: `arn:aws:iam::${id}:role/fis-target` });

  it('acts in them alone, by the roles that it names', () => {
    const stack = stagingStack();
    const targetAccounts = [{ ...account('222222222222'), description: 'shop' }, account('333333333333')];
    template({ targetAccounts }, stack);
    const written = Template.fromStack(stack);
    expect(fisProperties(stack)['ExperimentOptions']).toMatchObject({ AccountTargeting: 'multi-account' });
    written.resourceCountIs('AWS::FIS::TargetAccountConfiguration', 2);
    written.hasResourceProperties('AWS::FIS::TargetAccountConfiguration', {
      AccountId: '222222222222',
      RoleArn: 'arn:aws:iam::222222222222:role/fis-target',
      Description: 'shop',
      ExperimentTemplateId: { Ref: Match.stringLikeRegexp('^Template') },
    });
    written.hasResourceProperties('AWS::IAM::Role', {
      Policies: [
        {
          PolicyDocument: {
            Statement: [
              {
                Sid: 'TargetAccounts',
                Effect: 'Allow',
                Action: 'sts:AssumeRole',
                Resource: [
                  'arn:aws:iam::222222222222:role/fis-target',
                  'arn:aws:iam::333333333333:role/fis-target',
                ],
              },
            ],
          },
        },
      ],
    });
  });

  it('names up to forty, each once, each with a role of its own', () => {
    const accounts = (count: number) =>
      Array.from({ length: count }, (_, n) => account(String(200_000_000_000 + n)));
    const problems = (targetAccounts: ReturnType<typeof accounts>) =>
      problemsOf(() => template({ targetAccounts }));
    expect(() => template({ targetAccounts: accounts(40) })).not.toThrow();
    expect(problems(accounts(41))).toEqual(['too-many-accounts targetAccounts']);
    expect(problems([account('222222222222'), account('222222222222')])).toEqual([
      'account-twice targetAccounts.1.accountId',
    ]);
    expect(problems([{ accountId: '222', roleArn: 'fis' }])).toEqual([
      'account targetAccounts.0.accountId',
      'account-role targetAccounts.0.roleArn',
    ]);
    expect(problems([{ ...account('222222222222'), accountId: '333333333333' }])).toEqual([
      'account-role targetAccounts.0.roleArn',
    ]);
  });
});

describe('the role of a target account', () => {
  const props = {
    orchestratorRoleArn: 'arn:aws:iam::111111111111:role/fis-orchestrator',
    actions: ['aws:ecs:stop-task'],
    environmentTag,
    roleName: 'fis-target',
  } as const;
  const targetStack = () => stagingStack('Target', { account: '222222222222', region: 'eu-west-1' });

  it("trusts the orchestrator's role alone, for experiments of its account", () => {
    const stack = targetStack();
    const made = new FisTargetAccountRole(stack, 'Fis', props);
    expect(made.roleArn).toBe(made.role.roleArn);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'fis-target',
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Principal: {
              AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111111111111:root']] },
            },
            Condition: {
              ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111111111111:role/fis-orchestrator' },
              StringLike: {
                'sts:ExternalId': {
                  'Fn::Join': [
                    '',
                    ['arn:', { Ref: 'AWS::Partition' }, ':fis:eu-west-1:111111111111:experiment/*'],
                  ],
                },
              },
            },
          },
        ],
      },
      Policies: [
        {
          PolicyDocument: {
            Statement: Match.arrayWith([
              Match.objectLike({
                Action: ['ecs:DescribeTasks', 'ecs:StopTask'],
                Condition: {
                  StringEquals: { 'aws:RequestedRegion': 'eu-west-1', 'aws:ResourceTag/Env': 'staging' },
                },
              }),
            ]),
          },
        },
      ],
    });
  });

  it.each([
    ['no role to trust', { orchestratorRoleArn: 'fis' }, ['orchestrator-role orchestratorRoleArn']],
    ['no action', { actions: [] }, ['no-action actions']],
    [
      'an action that IAM could confine by no tag',
      { actions: ['aws:ecs:stop-task', 'aws:lambda:invocation-error'] as const },
      ['not-declared actions.1'],
    ],
  ])('is refused with %s', (_, changes, problems) => {
    expect(
      problemsOf(() => new FisTargetAccountRole(targetStack(), 'Fis', { ...props, ...changes })),
    ).toEqual(problems);
  });
});
