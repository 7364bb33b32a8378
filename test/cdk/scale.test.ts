import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stackLimits } from '../../lib/cdk/stack-size.ts';
import type { ExperimentDefinition } from '../../lib/experiment/experiment.ts';
import { longestId } from '../../lib/experiment/names.ts';
import { fisLimits } from '../../lib/fis/limits.ts';
import { slowDatabase, staging } from '../plan/examples.ts';
import { type CloudFormation, synthesize } from './synthesis.ts';

const environmentId = 'environment-'.padEnd(longestId, 'x');
const owners = 20;

/** An id as long as it may be, which differs from the others only at its end. */
const longId = (beginning: string, index: number) =>
  `${beginning}-`.padEnd(longestId - 3, 'x') + String(index).padStart(3, '0');

/** An experiment that says and asks more than most. */
function richExperiment(index: number): ExperimentDefinition {
  const probe = (path: string) => ({
    http: {
      service: 'shop',
      path,
      method: 'POST' as const,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'shoes', page: index, filters: ['in stock', 'on sale', 'new'] }),
    },
    tolerances: { p95: { below: '250ms', missedFor: '5s' }, errorRate: { below: '1%' } } as const,
  });
  return {
    ...slowDatabase,
    id: longId('experiment', index),
    owner: longId('owner', index % owners),
    title: `A slow database does not slow the shop, as seen from its pages and its search (${index})`,
    description: 'What it teaches, and what was learned when it happened for the first time. '.repeat(12),
    steadyState: Object.fromEntries(
      ['products', 'search', 'basket', 'checkout', 'orders', 'account'].map((name) => [
        name,
        probe(`/${name}`),
      ]),
    ),
    stages: [{ share: 'one', duration: '2m' }],
    environments: {
      [environmentId]: { schedule: 'cron(0 2 ? * WED *)', timeZone: 'Europe/Dublin', flexibleWindow: '15m' },
    },
  };
}

/** How long a name may be, by the type of the resource and its property (API reference of each service). */
const longestNames: Readonly<Record<string, number>> = {
  'AWS::CloudWatch::Alarm AlarmName': 255,
  'AWS::CloudWatch::Dashboard DashboardName': 255,
  'AWS::DynamoDB::Table TableName': 255,
  'AWS::IAM::Policy PolicyName': 128,
  'AWS::IAM::Role RoleName': 64,
  'AWS::Lambda::Function FunctionName': 64,
  'AWS::Logs::LogGroup LogGroupName': 512,
  'AWS::S3::Bucket BucketName': 63,
  'AWS::SNS::Topic TopicName': 256,
  'AWS::SQS::Queue QueueName': 80,
  'AWS::SSM::Parameter Name': 1_011,
  'AWS::Scheduler::Schedule Name': 64,
  'AWS::StepFunctions::StateMachine StateMachineName': 80,
};

/** Besides resources and bytes (CloudFormation user guide, "Quotas"). */
const longest = { stackName: 128, logicalId: 255, description: 1_024, declarations: 200 } as const;

const resourceSchema = z.looseObject({
  Description: z.string(),
  Parameters: z.record(z.string(), z.unknown()).default({}),
  Outputs: z.record(z.string(), z.unknown()).default({}),
  Mappings: z.record(z.string(), z.unknown()).default({}),
});

describe('as many experiments as FIS holds templates, with the longest ids', () => {
  let stacks: ReadonlyMap<string, CloudFormation>;

  beforeAll(() => {
    stacks = synthesize({
      experiments: Array.from({ length: fisLimits.templates }, (_, index) => richExperiment(index)),
      environments: [{ ...staging, id: environmentId }],
      context: { 'aws:cdk:enable-path-metadata': true },
    });
  }, 180_000);

  const resources = (...types: string[]) =>
    [...stacks.values()].flatMap(({ Resources }) =>
      Object.values(Resources).filter(({ Type }) => types.length === 0 || types.includes(Type)),
    );

  it('are all there', () => {
    const counted = ['AWS::FIS::ExperimentTemplate', 'AWS::Scheduler::Schedule'].map(
      (type) => resources(type).length,
    );
    expect(counted).toEqual([500, 500]);
    expect(resources('AWS::StepFunctions::StateMachine')).toHaveLength(503);
    expect(stacks.size).toBe(owners + 2);
  });

  it('have stacks that CloudFormation takes, whatever it counts', () => {
    for (const [name, template] of stacks) {
      const { Description, Parameters, Outputs, Mappings } = resourceSchema.parse(template);
      const ids = Object.keys(template.Resources);
      expect(ids.length).toBeLessThanOrEqual(stackLimits.resources);
      expect(Math.max(...ids.map((id) => id.length))).toBeLessThanOrEqual(longest.logicalId);
      expect(Buffer.byteLength(JSON.stringify(template))).toBeLessThanOrEqual(stackLimits.bytes);
      expect(name.length).toBeLessThanOrEqual(longest.stackName);
      expect(Buffer.byteLength(Description)).toBeLessThanOrEqual(longest.description);
      for (const declared of [Parameters, Outputs, Mappings])
        expect(Object.keys(declared).length).toBeLessThanOrEqual(longest.declarations);
    }
  });

  it('have names that each service takes, and none twice', () => {
    const names = resources().flatMap(({ Type, Properties }) =>
      Object.entries(Properties).flatMap(([property, name]) =>
        /^(?!Metric)\w*Name$/.test(property) && typeof name === 'string'
          ? [{ kind: `${Type} ${property}`, name }]
          : [],
      ),
    );
    expect(names.filter(({ kind }) => longestNames[kind] === undefined)).toEqual([]);
    expect(names.filter(({ kind, name }) => name.length > (longestNames[kind] ?? 0))).toEqual([]);
    // Policies are named within their roles.
    const global = names.filter(({ kind }) => kind !== 'AWS::IAM::Policy PolicyName');
    expect(new Set(global.map(({ kind, name }) => `${kind} ${name}`)).size).toBe(global.length);
  });

  it('have tags and descriptions that FIS and EventBridge Scheduler take', () => {
    for (const { Properties } of resources('AWS::FIS::ExperimentTemplate', 'AWS::Scheduler::Schedule')) {
      expect(z.string().max(512).safeParse(Properties['Description']).success).toBe(true);
      const tags = z.record(z.string().max(128), z.string().max(256)).default({});
      expect(tags.safeParse(Properties['Tags']).success).toBe(true);
    }
  });

  it('have one role each, for FIS, of the thousand that an account holds', () => {
    expect(resources('AWS::IAM::Role').length).toBeLessThan(fisLimits.templates + 20);
  });

  it('share one log group for all state machines: the resource policy that lets them write is short', () => {
    const configured = z.looseObject({
      LoggingConfiguration: z.looseObject({ Destinations: z.tuple([z.unknown()]) }),
    });
    const groups = resources('AWS::Logs::LogGroup').filter(({ Properties }) =>
      String(Properties['LogGroupName']).startsWith('/aws/vendedlogs/states/'),
    );
    expect(groups).toHaveLength(1);
    const launchers = resources('AWS::StepFunctions::StateMachine').filter(
      ({ Properties }) =>
        !/^steadfast-(runner|halt|dispatcher)-/.test(String(Properties['StateMachineName'])),
    );
    const destinations = launchers.map(({ Properties }) =>
      JSON.stringify(configured.parse(Properties).LoggingConfiguration.Destinations),
    );
    expect(new Set(destinations).size).toBe(1);
    expect(destinations[0]).toContain(`log-group:${String(groups[0]?.Properties['LogGroupName'])}:*`);
  });
});
