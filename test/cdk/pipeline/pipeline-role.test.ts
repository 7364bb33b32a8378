import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { PipelineJobs } from '../../../lib/cdk/pipeline/pipeline-jobs.ts';
import {
  SteadfastPipelineRole,
  type SteadfastPipelineRoleProps,
} from '../../../lib/cdk/pipeline/pipeline-role.ts';
import { pipelineStatements } from '../../../lib/cdk/pipeline/pipeline-statements.ts';
import { SteadfastEnvironment } from '../../../lib/cdk/steadfast-environment.ts';
import { valueAt } from '../../../lib/definitions/value-at.ts';
import { staging } from '../../plan/examples.ts';
import { testApp } from '../template/fixture.ts';

const statementsSchema = z.array(z.looseObject({ Action: z.union([z.string(), z.array(z.string())]) }));

type Given = Omit<SteadfastPipelineRoleProps, 'environment'>;

function templateOf(...roles: readonly Given[]) {
  const stack = new Stack(testApp(), 'Pipelines', {
    env: { account: staging.account, region: staging.region },
  });
  const environment = SteadfastEnvironment.fromDefinition(stack, 'Staging', staging);
  for (const [index, role] of roles.entries())
    new SteadfastPipelineRole(stack, `Role${index}`, { ...role, environment });
  return Template.fromStack(stack);
}

const ofMain: PipelineJobs = { gitHub: [{ repository: 'acme/shop', branch: 'main' }] };

/** Whom the one role trusts, by which words of the token. */
const trustOf = (jobs: PipelineJobs) => {
  const [role] = Object.values(templateOf({ jobs, createProvider: false }).findResources('AWS::IAM::Role'));
  return valueAt(role, ['Properties', 'AssumeRolePolicyDocument', 'Statement']);
};

const trusting = (issuer: string, audience: string, subjects: string | readonly string[]) => [
  {
    Action: 'sts:AssumeRoleWithWebIdentity',
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::111111111111:oidc-provider/${issuer}` },
    Condition: { StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: subjects } },
  },
];

describe('whom the role of a pipeline trusts', () => {
  it('is the jobs of a branch, a tag or an environment of one repository on GitHub, each in full', () => {
    const jobs = {
      gitHub: [
        { repository: 'acme/shop', branch: 'main' },
        { repository: 'acme/shop', tag: 'v1' },
        { repository: 'acme/shop.site', environment: 'eu:staging' },
      ],
    };
    expect(trustOf(jobs)).toEqual(
      trusting('token.actions.githubusercontent.com', 'sts.amazonaws.com', [
        'repo:acme/shop:ref:refs/heads/main',
        'repo:acme/shop:ref:refs/tags/v1',
        'repo:acme/shop.site:environment:eu%3Astaging',
      ]),
    );
  });

  it('is the jobs of a branch or a tag of one project on GitLab, also of one of one’s own', () => {
    const gitLab = [{ project: 'acme/web/shop', branch: 'main' }];
    const subject = ['project_path:acme/web/shop:ref_type:branch:ref:main'];
    expect(trustOf({ gitLab })).toEqual(trusting('gitlab.com', 'https://gitlab.com', subject));
    expect(trustOf({ gitLab: [{ project: 'acme/shop', tag: 'v1' }], host: 'gitlab.acme.example' })).toEqual(
      trusting('gitlab.acme.example', 'https://gitlab.acme.example', [
        'project_path:acme/shop:ref_type:tag:ref:v1',
      ]),
    );
  });

  it('is what any other issuer calls its jobs', () => {
    const jobs = {
      issuer: 'vstoken.dev.azure.com/1234',
      audience: 'api://AzureADTokenExchange',
      subjects: ['sc://acme/shop/aws'],
    };
    expect(trustOf(jobs)).toEqual(trusting(jobs.issuer, jobs.audience, jobs.subjects));
  });

  it.each<[string, unknown, string]>([
    ['a whole owner', { gitHub: [{ repository: 'acme/*', branch: 'main' }] }, "'acme/*' is no repository"],
    ['everybody', { gitHub: [{ repository: '*', branch: 'main' }] }, "'*' is no repository"],
    ['no repository', { gitHub: [{ branch: 'main' }] }, "'undefined' is no repository"],
    [
      'every job of a repository',
      { gitHub: [{ repository: 'acme/shop' }] },
      'it names no branch, tag or environment',
    ],
    [
      'two things at once',
      { gitHub: [{ repository: 'acme/shop', branch: 'a', tag: 'b' }] },
      'more than one of a branch, a tag and an environment',
    ],
    ['a pattern of branches', { gitHub: [{ repository: 'acme/shop', branch: '*' }] }, 'is a pattern'],
    ['no job at all', { gitHub: [] }, 'every token of the issuer would be trusted'],
    ['a group', { gitLab: [{ project: 'acme/*', branch: 'main' }] }, "'acme/*' is no project"],
    ['every job of a project', { gitLab: [{ project: 'acme/shop' }] }, 'neither one branch nor one tag'],
    [
      'both on GitLab',
      { gitLab: [{ project: 'acme/shop', branch: 'a', tag: 'b' }] },
      'neither one branch nor one tag',
    ],
    [
      'a missing sub',
      { issuer: 'a.example', audience: 'b', subjects: [] },
      'every token of the issuer would be trusted',
    ],
    ['no project', { gitLab: [{ branch: 'main' }] }, "'undefined' is no project"],
    ['nothing at all', {}, "'undefined' is no issuer"],
    ['an empty sub', { issuer: 'a.example', audience: 'b', subjects: [''] }, "'' is a pattern"],
    [
      'a pattern of subs',
      { issuer: 'a.example', audience: 'b', subjects: ['repo:*'] },
      "'repo:*' is a pattern",
    ],
    ['a missing aud', { issuer: 'a.example', audience: '', subjects: ['c'] }, 'must name its audience'],
    [
      'an issuer with its scheme',
      { issuer: 'https://a.example', audience: 'b', subjects: ['c'] },
      'is no issuer',
    ],
  ])('is refused at synthesis where it would be %s', (_, jobs, message) => {
    expect(() => trustOf(jobs as PipelineJobs)).toThrowError(message);
  });
});

describe('the provider of the issuer', () => {
  it('is made once in a stack, however many roles trust it', () => {
    const template = templateOf(
      { jobs: ofMain },
      { jobs: ofMain, roleName: 'chaos', maxSessionDuration: Duration.hours(4) },
    );
    template.resourceCountIs('AWS::IAM::OIDCProvider', 1);
    template.hasResourceProperties('AWS::IAM::OIDCProvider', {
      Url: 'https://token.actions.githubusercontent.com',
      ClientIdList: ['sts.amazonaws.com'],
    });
    template.hasResourceProperties('AWS::IAM::Role', { RoleName: 'chaos', MaxSessionDuration: 14_400 });
    template.hasResourceProperties('AWS::IAM::Role', { MaxSessionDuration: 3_600 });
  });

  it('is that of the account where it is there already', () => {
    templateOf({ jobs: ofMain, createProvider: false }).resourceCountIs('AWS::IAM::OIDCProvider', 0);
  });
});

it('grantPipeline lets any other role do the same', () => {
  const { account, region } = staging;
  const stack = new Stack(testApp(), 'Builds', { env: { account, region } });
  const role = new Role(stack, 'Build', { assumedBy: new ServicePrincipal('codebuild.amazonaws.com') });
  const environment = SteadfastEnvironment.fromDefinition(stack, 'Staging', staging);
  environment.grantPipeline(role);
  const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  const granted = statementsSchema
    .parse(valueAt(policy, ['Properties', 'PolicyDocument', 'Statement']))
    .flatMap(({ Action }) => Action);
  expect(new Set(granted)).toEqual(
    new Set(pipelineStatements(environment.names).flatMap(({ actions }) => actions)),
  );
});
