import { describe, expect, it } from 'vitest';
import { pipelineStatements } from '../../lib/cdk/pipeline/pipeline-statements.ts';
import { environmentNames } from '../../lib/plan/environment-names.ts';
import { commandPermissions, everyWord } from '../../scripts/docs/command-permissions.ts';
import { staging } from '../plan/examples.ts';
import { neighboursOf, requestOf } from './ask-request.ts';
import type { Ask } from './calls/asking.ts';
import type { Caller } from './request.ts';
import { isAllowed, type Statement } from './simulate.ts';

const names = environmentNames(staging);
const { account, region } = staging;
const caller: Caller = { roleArn: `arn:aws:iam::${account}:role/pipeline`, account, region };
const statements = pipelineStatements(names).map(
  ({ sid, actions, resources, conditions }): Statement => ({
    Sid: sid,
    Effect: 'Allow',
    Action: actions,
    Resource: resources,
    ...(conditions === undefined ? {} : { Condition: conditions }),
  }),
);

const may = async (ask: Ask) => isAllowed(statements, await requestOf(ask, caller), caller);

const ours = { 'aws:ResourceTag/steadfast:environment': 'staging' };
const machine = (StateMachineName: string) => ['statemachine', { StateMachineName }] as const;
const object = (ObjectName: string) =>
  ['object', { BucketName: `steadfast-staging-${account}`, ObjectName }] as const;
const table = ['table', { TableName: 'steadfast-staging' }] as const;

/** What the words of a pipeline ask, one of each. */
const needed: readonly Ask[] = [
  { action: 'states:StartExecution', on: machine('steadfast-staging-slow-database'), context: ours },
  { action: 'states:StartExecution', on: machine('steadfast-halt-staging') },
  { action: 'states:DescribeStateMachine', on: machine('steadfast-staging-slow-database'), context: ours },
  {
    action: 'states:DescribeExecution',
    on: ['execution', { StateMachineName: 'steadfast-staging-slow-database', ExecutionId: 'one' }],
  },
  {
    action: 'states:DescribeExecution',
    on: ['execution', { StateMachineName: 'steadfast-halt-staging', ExecutionId: 'one' }],
  },
  { action: 's3:GetObject', on: object('runs/one/journal.json') },
  { action: 'dynamodb:Query', on: table },
  { action: 'fis:StopExperiment', on: ['experiment', { ExperimentId: 'EXP1' }], context: ours },
  {
    action: 'fis:GetExperimentTemplate',
    on: ['experiment-template', { ExperimentTemplateId: 'EXT1' }],
    context: ours,
  },
  { action: 'dynamodb:UpdateItem', on: table, context: { 'dynamodb:LeadingKeys': ['HALT#one'] } },
  {
    action: 'ssm:GetParameter',
    on: ['parameter', { ParameterNameWithoutLeadingSlash: 'steadfast/staging/definition' }],
  },
];

const denied: readonly Ask[] = [
  // Past the launcher, or without the tag of the environment.
  { action: 'states:StartExecution', on: machine('steadfast-runner-staging') },
  { action: 'states:StartExecution', on: machine('steadfast-staging-slow-database') },
  { action: 'states:StartExecution', on: machine('steadfast-dispatcher-staging') },
  {
    action: 'fis:StartExperiment',
    on: ['experiment-template', { ExperimentTemplateId: 'EXT1' }],
    context: ours,
  },
  { action: 'fis:StopExperiment', on: ['experiment', { ExperimentId: 'EXP1' }] },
  { action: 'dynamodb:PutItem', on: table, context: { 'dynamodb:LeadingKeys': ['PAUSE'] } },
  { action: 'dynamodb:UpdateItem', on: table, context: { 'dynamodb:LeadingKeys': ['APPROVAL'] } },
  { action: 'dynamodb:UpdateItem', on: table, context: { 'dynamodb:LeadingKeys': ['LEASE'] } },
  { action: 's3:PutObject', on: object('runs/one/journal.json') },
  { action: 's3:GetObject', on: object('campaigns/one') },
  { action: 'iam:PassRole', on: ['role', { RoleNameWithPath: 'steadfast-staging-scheduler' }] },
  { action: 'sts:AssumeRole', on: ['role', { RoleNameWithPath: 'cdk-hnb659fds-deploy-role' }] },
];

describe('the role of a pipeline', () => {
  it.each(needed)('may $action on $on', async (ask) => {
    expect(await may(ask)).toBe(true);
  });

  it.each(denied)('may not $action on $on', async (ask) => {
    expect(await may(ask)).toBe(false);
  });

  it('may none of it in another environment, account or Region', async () => {
    const letIn: string[] = [];
    for (const ask of needed)
      for (const { name, request } of neighboursOf(await requestOf(ask, caller)))
        if (await isAllowed(statements, request, caller)) letIn.push(`${request.action} of ${name}`);
    // An execution has no tags, and its name begins with that of its machine: this only reads.
    expect(letIn).toEqual(['states:DescribeExecution of an environment whose name begins alike']);
  });

  it('may just what run, gate, plan and the end of a run ask, by what is told of them', () => {
    const words = ['run', 'gate --env', 'plan', 'halt'];
    const asked = commandPermissions
      .filter((one) => words.includes(one.words))
      .flatMap(({ actions, maybe = [] }) => [...actions, ...maybe]);
    const allowed = new Set(statements.flatMap(({ Action }) => Action));
    expect([...allowed].toSorted()).toEqual([...new Set([...asked, everyWord.undeclared])].toSorted());
  });
});
