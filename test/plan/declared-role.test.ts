import { describe, expect, it } from 'vitest';
import type { EnvironmentDefinition } from '../../lib/experiment/environment.ts';
import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import { findAction } from '../../lib/fis/catalogue.ts';
import { roleStatementsOf, statementsOf } from '../../lib/plan/role-statements.ts';
import { declaring, environmentTarget, staging } from './examples.ts';
import { planWith } from './fault-examples.ts';

const onShop = (action: string, parameters?: object) => ({
  action,
  selector: { service: 'shop' },
  ...(parameters === undefined ? {} : { parameters }),
});

/** The statements of FIS's role by their names, without the log. */
const statementsFor = (
  fault: object,
  environment: EnvironmentDefinition = declaring,
  changes: Partial<ExperimentDefinition> = {},
) =>
  Object.fromEntries(
    planWith(fault, environmentTarget(environment), changes).role?.statements.map(({ Sid, ...statement }) => [
      Sid,
      statement,
    ]) ?? [],
  );

const place = 'eu-west-1:111111111111';
const isolated = { ...staging, isolated: { reason: 'an account of its own' } };
const stages = [
  { share: { of: 'traffic', share: '10%' }, duration: '2m' },
  { share: { of: 'traffic', share: '40%' }, duration: '2m' },
] as const;

describe("FIS's role for errors of a service's own API", () => {
  const calls = onShop('aws:kinesis:stream-provisioned-throughput-exception');

  it('may inject them for declared streams only, never for a request that names none, and no more than the stages say', () => {
    expect(statementsFor(calls, declaring, { stages: [...stages] })['OnlyDeclaredTargetsStream']).toEqual({
      Effect: 'Allow',
      Action: ['kinesis:InjectApiError'],
      Resource: ['*'],
      Condition: {
        'ForAllValues:ArnLike': { 'kinesis:FisTargetArns': [`arn:aws:kinesis:${place}:stream/orders`] },
        NumericLessThanEquals: { 'kinesis:FisInjectPercentage': '40' },
        Null: { 'kinesis:FisTargetArns': 'false' },
      },
    });
  });

  it('may inject them anywhere in an isolated account that declares none, and says so', () => {
    const { AnywhereInThisIsolatedAccountStream } = statementsFor(calls, isolated);
    expect(AnywhereInThisIsolatedAccountStream?.Condition).toMatchObject({
      'ForAllValues:ArnLike': { 'kinesis:FisTargetArns': [`arn:aws:kinesis:${place}:stream/*`] },
      Null: { 'kinesis:FisTargetArns': 'false' },
    });
  });

  it('is kept to what an isolated account declares', () => {
    const both = { ...declaring, isolated: { reason: 'an account of its own' } };
    expect(Object.keys(statementsFor(calls, both))).toContain('OnlyDeclaredTargetsStream');
    expect(Object.keys(statementsFor(calls, both)).join()).not.toContain('Isolated');
  });
});

describe("FIS's role for errors of calls that IAM roles make", () => {
  it('may inject them on experiments, for the declared roles, the service, calls and share of the fault', () => {
    const fault = onShop('aws:fis:inject-api-throttle-error', {
      service: 'ec2',
      operations: ['RunInstances', 'DescribeVolumes'],
      calls: '50%',
    });
    expect(statementsFor(fault)['OnlyDeclaredTargetsRole']).toEqual({
      Effect: 'Allow',
      Action: ['fis:InjectApiThrottleError'],
      Resource: [`arn:aws:fis:${place}:experiment/*`],
      Condition: {
        'ForAllValues:StringLike': {
          'fis:Targets': ['arn:aws:iam::111111111111:role/path/jobs', 'arn:aws:iam::111111111111:role/shop'],
        },
        'ForAllValues:StringEquals': { 'fis:Operations': ['DescribeVolumes', 'RunInstances'] },
        StringEquals: { 'fis:Service': ['ec2'] },
        NumericLessThanEquals: { 'fis:Percentage': '50' },
        Null: { 'fis:Targets': 'false', 'fis:Operations': 'false' },
      },
    });
  });
});

describe("FIS's role for faults of Lambda functions", () => {
  const fault = onShop('aws:lambda:invocation-add-delay');

  it('may leave them below the declared prefix only', () => {
    expect(statementsFor(fault)['OnlyBelowDeclaredPrefixes']).toEqual({
      Effect: 'Allow',
      Action: ['s3:DeleteObject', 's3:PutObject'],
      Resource: ['arn:aws:s3:::fault-configuration/shop/*'],
    });
  });

  it("may leave them in an isolated account's own buckets where no prefix is declared", () => {
    expect(statementsFor(fault, isolated)['AnywhereInThisIsolatedAccount']).toMatchObject({
      Action: ['s3:DeleteObject', 's3:PutObject'],
      Condition: { StringEquals: { 's3:ResourceAccount': '111111111111' } },
    });
  });
});

describe("FIS's role for documents", () => {
  it('may send the declared command to instances with the environment tag', () => {
    const statements = statementsFor(onShop('aws:ssm:send-command', { document: 'cpuStress' }));
    expect(statements['OnlyDeclaredDocument']).toEqual({
      Effect: 'Allow',
      Action: ['ssm:SendCommand'],
      Resource: ['arn:aws:ssm:eu-west-1::document/AWSFIS-Run-CPU-Stress'],
    });
    expect(statements['OnlyOnItsInstances']).toEqual({
      Effect: 'Allow',
      Action: ['ssm:SendCommand'],
      Resource: [`arn:aws:ec2:${place}:instance/*`],
      Condition: { StringEquals: { 'ssm:resourceTag/Env': 'staging' } },
    });
  });

  it('may start the declared runbook, and pass it its own role', () => {
    const runbook = {
      action: 'aws:ssm:start-automation-execution',
      parameters: { document: 'cutTheCable' },
    };
    const statements = statementsFor(runbook);
    expect(statements['OnlyDeclaredDocument']?.Resource).toEqual([
      `arn:aws:ssm:${place}:document/cut-the-cable`,
    ]);
    expect(statements['OnlyDeclaredAutomationDefinition']?.Resource).toEqual([
      `arn:aws:ssm:${place}:automation-definition/cut-the-cable:*`,
    ]);
    expect(statements['OnlyDeclaredRole']).toEqual({
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: ['arn:aws:iam::111111111111:role/cut-the-cable'],
      Condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
    });
    expect(statements['WhatIamCannotConfineAutomationExecution']?.Resource).toEqual([
      `arn:aws:ssm:${place}:automation-execution/*`,
    ]);
  });

  it('may pass no role where the document declares none, even in an isolated account', () => {
    const documents = { cutTheCable: { document: 'cut-the-cable' } };
    const runbook = {
      action: 'aws:ssm:start-automation-execution',
      parameters: { document: 'cutTheCable' },
    };
    const allowed = Object.values(statementsFor(runbook, { ...isolated, documents }));
    expect(allowed.flatMap(({ Action }) => Action)).not.toContain('iam:PassRole');
  });
});

describe("FIS's role for what only sometimes needs a declaration", () => {
  it('gives it where what it needs is declared', () => {
    const tables = statementsFor(onShop('aws:dynamodb:global-table-pause-replication'));
    expect(tables['OnlyDeclaredTargetsTable']?.Action).toEqual(['dynamodb:InjectError']);
    const endpoints = statementsFor(onShop('aws:network:disrupt-vpc-endpoint'));
    expect(endpoints['OnlyDeclaredVpcEndpoint']).toMatchObject({
      Action: ['vpce:AllowMultiRegion'],
      Resource: [`arn:aws:ec2:${place}:vpc-endpoint/vpce-0a1b2c3d`],
    });
  });

  it('may put back declared route tables only', () => {
    const cut = onShop('aws:network:route-table-disrupt-cross-region-connectivity', {
      region: 'eu-central-1',
    });
    expect(statementsFor(cut)['OnlyDeclaredRouteTable']).toMatchObject({
      Action: ['ec2:ReplaceRouteTableAssociation'],
      Resource: [`arn:aws:ec2:${place}:route-table/rtb-0a1b2c3d`],
    });
  });
});

describe('the statements of permissions that only a declaration confines', () => {
  const { permissions = [] } = findAction('aws:kinesis:stream-expired-iterator-exception') ?? {};
  const within = { tag: staging.tag, place: { account: staging.account, region: staging.region } };
  const allowed = (confinement: Parameters<typeof roleStatementsOf>[1]) =>
    roleStatementsOf(permissions, confinement).flatMap(({ Action }) => Action);

  it('are left out where nobody declares anything', () => {
    expect(allowed(within)).not.toContain('kinesis:InjectApiError');
    expect(allowed({ ...within, declared: [`arn:aws:sqs:${place}:orders`] })).not.toContain(
      'kinesis:InjectApiError',
    );
    expect(allowed({ ...within, declared: [`arn:aws:kinesis:${place}:stream/orders-*`] })).toContain(
      'kinesis:InjectApiError',
    );
  });

  it('are numbered where several faults are confined to different things', () => {
    const stream = (name: string) => `arn:aws:kinesis:${place}:stream/${name}`;
    const parts = ['orders', 'carts'].map((name) => ({
      permissions,
      within: { ...within, declared: [stream(name)] },
    }));
    const targets = statementsOf(parts)
      .filter(({ Sid }) => Sid.startsWith('OnlyDeclaredTargets'))
      .map(({ Sid, Condition }) => [Sid, Condition?.['ForAllValues:ArnLike']?.['kinesis:FisTargetArns']]);
    expect(targets).toEqual([
      ['OnlyDeclaredTargetsStream', [stream('orders')]],
      ['OnlyDeclaredTargetsStream2', [stream('carts')]],
    ]);
  });
});
