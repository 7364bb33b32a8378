import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { environmentFence } from '../../lib/cdk/fence.ts';

const alarm = {
  Source: 'aws:cloudwatch:alarm',
  Value: 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:errors',
};
const tagged = { ResourceType: 'aws:ecs:task', SelectionMode: 'ALL', ResourceTags: { Env: 'staging' } };
const cluster = 'arn:aws:eks:eu-west-1:111111111111:cluster/shop';
const role = 'arn:aws:iam::111111111111:role/shop';
const declarations = { declared: [role, cluster], namespaces: [{ cluster, namespace: 'shop' }] };
const pods = (namespace: string) => ({
  ResourceType: 'aws:eks:pod',
  SelectionMode: 'ALL',
  Parameters: { clusterIdentifier: cluster, namespace, selectorType: 'labelSelector', selectorValue: 'a=b' },
});
const roles = (...ResourceArns: readonly unknown[]) => ({
  ResourceType: 'aws:iam:role',
  SelectionMode: 'ALL',
  ResourceArns,
});
const wait = { actionId: 'aws:fis:wait', parameters: { duration: 'PT1M' } };

describe('the fence around an environment', () => {
  let outdir: string;

  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), 'steadfast-fence-'));
  });

  afterEach(() => {
    rmSync(outdir, { recursive: true, force: true });
  });

  /** What the fence says of a template that somebody wrote by hand. */
  function violationsOf(properties: object) {
    const templatePath = join(outdir, 'Hand.template.json');
    const Resources = {
      Template: { Type: 'AWS::FIS::ExperimentTemplate', Properties: properties },
      Other: { Type: 'AWS::SNS::Topic' },
    };
    writeFileSync(templatePath, JSON.stringify({ Resources }));
    const report = environmentFence({ key: 'Env', value: 'staging' }, declarations).validate({
      templatePaths: [templatePath],
      stackTemplates: [],
      appConstruct: new App({ analyticsReporting: false }),
    });
    expect(report.success).toBe(report.violations.length === 0);
    return report.violations.map(
      ({ ruleName, violatingResources }) => `${ruleName} ${violatingResources[0]?.locations[0]}`,
    );
  }

  it('lets a template pass whose targets carry the tag and that stops on an alarm', () => {
    expect(violationsOf({ Targets: { tasks: tagged }, StopConditions: [alarm] })).toEqual([]);
  });

  it.each([
    ['no tag', { ...tagged, ResourceTags: undefined }],
    ["another environment's tag", { ...tagged, ResourceTags: { Env: 'production' } }],
    [
      'ARNs instead of tags',
      { ...tagged, ResourceTags: undefined, ResourceArns: ['arn:aws:ecs:eu-west-1:1:task/a/b'] },
    ],
    [
      'a tag that is known only when it is deployed',
      { ...tagged, ResourceTags: { Env: { Ref: 'AWS::StackName' } } },
    ],
  ])('refuses a target with %s', (_, target) => {
    expect(violationsOf({ Targets: { tasks: tagged, other: target }, StopConditions: [alarm] })).toEqual([
      'environment-tag Properties/Targets/other',
    ]);
  });

  it('lets targets pass that FIS cannot select by tag, where they are declared', () => {
    const Targets = { pods: pods('shop'), roles: roles(role) };
    expect(violationsOf({ Targets, StopConditions: [alarm] })).toEqual([]);
  });

  it.each([
    ['pods of another namespace', pods('payments')],
    ['pods without a namespace', { ResourceType: 'aws:eks:pod' }],
    ['roles of which one is not declared', roles(role, 'arn:aws:iam::111111111111:role/payments')],
    ['roles that are known only when it is deployed', roles({ 'Fn::GetAtt': ['Role', 'Arn'] })],
    ['roles by tags', { ResourceType: 'aws:iam:role', ResourceTags: { Env: 'staging' } }],
    ['no roles', roles()],
  ])('refuses %s', (_, target) => {
    expect(violationsOf({ Targets: { tasks: tagged, other: target }, StopConditions: [alarm] })).toEqual([
      'declared Properties/Targets/other',
    ]);
  });

  it.each([
    ['no stop condition', []],
    ['none', [{ Source: 'none' }]],
    ['none beside an alarm', [alarm, { Source: 'none' }]],
    ['an alarm without a name', [{ Source: 'aws:cloudwatch:alarm' }]],
  ])('refuses a template that stops on %s', (_, StopConditions) => {
    expect(violationsOf({ Targets: { tasks: tagged }, StopConditions })).toEqual([
      'stop-condition Properties/StopConditions',
    ]);
  });

  it('refuses what it cannot read', () => {
    expect(violationsOf({ Targets: { 'Fn::Transform': 'Macro' }, StopConditions: [alarm] })).toEqual([
      'unreadable Properties',
    ]);
  });

  it('ends the synthesis of an app, with the path of the construct and how to mend it', () => {
    const app = new App({ outdir, analyticsReporting: false });
    Validations.of(app).addPlugins(environmentFence({ key: 'Env', value: 'staging' }));
    new CfnResource(new Stack(app, 'Hand'), 'Template', {
      type: 'AWS::FIS::ExperimentTemplate',
      properties: {
        Description: 'by hand',
        RoleArn: 'arn:aws:iam::111111111111:role/by-hand',
        Actions: { wait },
        Targets: { tasks: { ...tagged, ResourceTags: {} } },
        StopConditions: [alarm],
      },
    });
    expect(() => app.synth()).toThrow(/environment-tag/);
  });
});
