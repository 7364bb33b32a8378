import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { describe, expect, it } from 'vitest';
import { importTemplate, importText } from './importing.ts';

/** What a field holds where any text will do for most: `.*` is a member of a map, `[]` an item of a list. */
const values: Readonly<Record<string, unknown>> = {
  'actions.*.actionId': 'aws:ecs:task-network-latency',
  'actions.*.parameters.*': 'PT5M',
  'actions.*.targets.*': 'name',
  'stopConditions[].source': 'aws:cloudwatch:alarm',
  'targets.*.resourceType': 'aws:ecs:task',
  'targets.*.selectionMode': 'ALL',
  'targets.*.filters[].path': 'AvailabilityZone',
  'experimentOptions.accountTargeting': 'single-account',
  'experimentOptions.emptyTargetResolutionMode': 'fail',
  targetAccountConfigurationsCount: 0,
};

/** What the members of a map are called. */
const members: Readonly<Record<string, string>> = {
  'actions.*.parameters': 'duration',
  'actions.*.targets': 'Tasks',
  'targets.*.resourceTags': 'Env',
  'targets.*.parameters': 'cluster',
};

/**
 * The fields of the requests and answers of FIS's API that hold a template (API model of FIS, 2020-12-01, as botocore 1.43 has it):
 * CreateExperimentTemplateRequest and ExperimentTemplate, and what the options of a start add.
 */
const api = [
  'clientToken',
  'description',
  'stopConditions[].source',
  'stopConditions[].value',
  'targets.*.resourceType',
  'targets.*.resourceArns[]',
  'targets.*.resourceTags.*',
  'targets.*.filters[].path',
  'targets.*.filters[].values[]',
  'targets.*.selectionMode',
  'targets.*.parameters.*',
  'actions.*.actionId',
  'actions.*.description',
  'actions.*.parameters.*',
  'actions.*.targets.*',
  'actions.*.startAfter[]',
  'roleArn',
  'tags.*',
  'logConfiguration.cloudWatchLogsConfiguration.logGroupArn',
  'logConfiguration.s3Configuration.bucketName',
  'logConfiguration.s3Configuration.prefix',
  'logConfiguration.logSchemaVersion',
  'experimentOptions.accountTargeting',
  'experimentOptions.emptyTargetResolutionMode',
  'experimentOptions.actionsMode',
  'experimentReportConfiguration.outputs.s3Configuration.bucketName',
  'experimentReportConfiguration.outputs.s3Configuration.prefix',
  'experimentReportConfiguration.dataSources.cloudWatchDashboards[].dashboardIdentifier',
  'experimentReportConfiguration.preExperimentDuration',
  'experimentReportConfiguration.postExperimentDuration',
  'id',
  'arn',
  'creationTime',
  'lastUpdateTime',
  'targetAccountConfigurationsCount',
] as const;

/** The fields that CloudFormation's own schema gives the resource. */
function cloudFormation(): string[] {
  const spec = loadAwsServiceSpecSync();
  const [resource] = spec.lookup('resource', 'cloudFormationType', 'equals', 'AWS::FIS::ExperimentTemplate');
  type Type = NonNullable<typeof resource>['properties'][string]['type'];
  const walk = (type: Type, path: string): string[] => {
    if (type.type === 'array') return walk(type.element, `${path}[]`);
    if (type.type === 'map') return walk(type.element, `${path}.*`);
    if (type.type !== 'ref') return [path];
    const { properties } = spec.get('typeDefinition', type.reference.$ref);
    return Object.entries(properties).flatMap(([name, property]) => walk(property.type, `${path}.${name}`));
  };
  return Object.entries(resource?.properties ?? {}).flatMap(([name, { type }]) => walk(type, name));
}

/** Paths by their steps. */
type Tree = Map<string, Tree>;

/** A document with a value in each of some fields. */
function documentWith(paths: readonly string[]): Record<string, unknown> {
  const tree: Tree = new Map();
  for (const path of paths) {
    let node = tree;
    for (const step of path.replaceAll('[]', '.[]').split('.')) {
      const inner: Tree = node.get(step) ?? new Map<string, Tree>();
      node.set(step, inner);
      node = inner;
    }
  }
  return Object.fromEntries([...tree].map(([name, inner]) => [name, valueAt(inner, asInApi(name))]));
}

/** @param path how the API spells where it stands */
function valueAt(tree: Tree, path: string): unknown {
  if (tree.size === 0) return values[path] ?? 'x';
  const item = tree.get('[]');
  if (item !== undefined) return [valueAt(item, `${path}[]`)];
  return Object.fromEntries(
    [...tree].map(([name, inner]) => [
      name === '*' ? (members[path] ?? 'name') : name,
      valueAt(inner, `${path}.${asInApi(name)}`),
    ]),
  );
}

const asInApi = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

describe('every field that', () => {
  const template = documentWith(api);

  it.each([
    ['the API takes and gives', template],
    ['the API gives in its wrapper', { experimentTemplate: template, ResponseMetadata: { RequestId: 'x' } }],
  ])('%s is accounted for', (_, document) => {
    const { format, fields } = importTemplate(document);
    expect(format).toBe('fis');
    expect(fields.length).toBeGreaterThanOrEqual(api.length);
    expect(fields.filter(({ unknown }) => unknown)).toEqual([]);
  });

  it('Python gives the API is accounted for', () => {
    const python = JSON.stringify(template, null, 2).replaceAll(/: (true|false|null)/g, ': None');
    const { fields } = importText(
      'make.py',
      `fis.create_experiment_template(targets=${python}["targets"], **{})`,
    );
    expect(fields.filter(({ unknown }) => unknown)).toEqual([]);
    const named = Object.entries(template).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    const call = importText('make.py', `fis.create_experiment_template(${named.join(', ')})`);
    expect(call.fields.length).toBeGreaterThanOrEqual(api.length);
    expect(call.fields.filter(({ unknown }) => unknown)).toEqual([]);
  });

  it("CloudFormation's schema has is accounted for, with what stands beside it", () => {
    const paths = cloudFormation();
    expect(paths.length).toBeGreaterThan(25);
    const { format, fields } = importTemplate({
      AWSTemplateFormatVersion: '2010-09-09',
      Description: 'x',
      Parameters: { Env: { Type: 'String', Default: 'staging' } },
      Mappings: { A: { B: { C: 'd' } } },
      Conditions: { A: { 'Fn::Equals': [1, 1] } },
      Rules: { A: {} },
      Transform: 'x',
      Metadata: { a: 'b' },
      Outputs: { A: { Value: { Ref: 'Template' } } },
      Resources: {
        Template: {
          Type: 'AWS::FIS::ExperimentTemplate',
          Condition: 'A',
          DependsOn: ['Role'],
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
          UpdatePolicy: {},
          CreationPolicy: {},
          Metadata: { a: 'b' },
          Properties: documentWith(paths),
        },
        Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'x' } },
        Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'x' } },
        Bucket: { Type: 'AWS::S3::Bucket' },
        Other: { Type: 'AWS::FIS::TargetAccountConfiguration', Properties: { AccountId: 'x' } },
      },
    });
    expect(format).toBe('fis');
    expect(fields.filter(({ unknown }) => unknown)).toEqual([]);
  });

  it('FIS does not have is refused as unknown', () => {
    const { fields } = importTemplate({ ...template, color: 'red' });
    expect(fields.filter(({ unknown }) => unknown).map(({ path }) => path)).toEqual([['color']]);
  });
});
