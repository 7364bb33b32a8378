import { CfnElement, CfnResource, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnExperimentTemplate } from 'aws-cdk-lib/aws-fis';
import type { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { SteadfastFence } from '../../../lib/cdk/fence/steadfast-fence.ts';
import { SteadfastError } from '../../../lib/experiment/steadfast-error.ts';
import { byHand, fenced, place, refusalsOf, stopOn, tasks, variable } from './refusals.ts';

const tag = { key: 'Env', value: 'staging' };
const none = [{ Source: 'none' }];
const alarmIn = (scope: Construct, id = 'Alarm') =>
  new Alarm(scope, id, {
    metric: new Metric({ namespace: 'Shop', metricName: 'Errors' }),
    threshold: 1,
    evaluationPeriods: 1,
  });

/** A loop over resources, which CDK itself cannot write. */
class Loop extends CfnElement {
  private readonly loop: readonly unknown[];

  constructor(scope: Construct, id: string, loop: readonly unknown[]) {
    super(scope, id);
    this.loop = loop;
  }

  override _toCloudFormation() {
    return { Resources: { [`Fn::ForEach::${this.node.id}`]: this.loop } };
  }
}

describe('the fence of an app', () => {
  it('ends the synthesis of a template written in L1, with the path of the construct and how to mend it', () => {
    const { error } = fenced((app) => {
      new CfnExperimentTemplate(new Stack(app, 'Hand', { env: place }), 'Stop', {
        description: 'by hand',
        roleArn: 'arn:aws:iam::111111111111:role/by-hand',
        targets: {
          tasks: { resourceType: 'aws:ecs:task', selectionMode: 'ALL', resourceTags: { Team: 'shop' } },
        },
        actions: { stop: { actionId: 'aws:ecs:stop-task', targets: { Tasks: 'tasks' } } },
        stopConditions: [{ source: 'none' }],
        tags: {},
      });
    });
    expect(error).toContain('Hand/Stop');
    expect(error).toContain("target 'tasks' does not select by the tag Env=staging");
    expect(error).toContain('resourceTags: { "Env": "staging" }');
    expect(error).toContain('steadfast-fence::environment-tag');
    expect(error).toContain('steadfast-fence::stop-condition');
  });

  it('lets pass what it finds nothing wrong with', () => {
    const { error } = fenced((app) => {
      const stack = new Stack(app, 'Hand', { env: place });
      byHand(stack, 'Template');
      new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
    });
    expect(error).toBeUndefined();
  });

  it('sees into nested stacks and stages, and names the constructs there', () => {
    const { refusals } = fenced((app) => {
      const stack = new Stack(new Stage(app, 'Late', { env: place }), 'Deep');
      const nested = new NestedStack(new NestedStack(stack, 'Outer'), 'Inner');
      for (const scope of [stack, nested]) byHand(scope, 'Template', { StopConditions: none });
    });
    expect(refusals.map(({ rule, construct }) => `${rule} ${construct}`)).toEqual([
      'stop-condition Late/Deep/Template',
      'stop-condition Late/Deep/Outer/Inner/Template',
    ]);
  });

  it('judges a stage alone where it stands on a stage', () => {
    const { refusals } = fenced(
      (app) => {
        for (const [id, value] of [
          ['Staging', 'staging'],
          ['Production', 'production'],
        ] as const) {
          const stage = new Stage(app, id, { env: place });
          Validations.of(stage).addPlugins(new SteadfastFence({ tag: { key: 'Env', value } }));
          byHand(new Stack(stage, 'Stack'), 'Template', {
            Targets: { tasks: { ...tasks, ResourceTags: { Env: 'staging' } } },
          });
        }
      },
      { tag },
    );
    expect(refusals.map(({ construct, message }) => `${construct}: ${message}`)).toEqual([
      "Production/Stack/Template: FIS template: target 'tasks' selects by Env=staging, not by Env=production, so the fault could leave its environment",
    ]);
  });

  it('cannot be acknowledged away', () => {
    const { error } = fenced((app) => {
      const template = byHand(new Stack(app, 'Hand', { env: place }), 'Template', { StopConditions: none });
      Validations.of(template).acknowledge({ id: 'steadfast-fence::stop-condition', reason: 'in a hurry' });
    });
    expect(error).toContain('stop-condition');
  });

  it('follows an alarm through nested stacks, and through exports of other stacks', () => {
    const { refusals } = fenced((app) => {
      const elsewhere = alarmIn(new Stack(app, 'Other', { env: place }));
      const stack = new Stack(app, 'Hand', { env: place });
      const nested = new NestedStack(stack, 'Nested');
      const alarms = [elsewhere, alarmIn(stack), alarmIn(nested)];
      for (const scope of [stack, nested])
        byHand(scope, 'Template', { StopConditions: alarms.map(({ alarmArn }) => stopOn(alarmArn)) });
    });
    expect(refusals).toEqual([]);
  });

  it.each([
    ['targets that a macro makes', { Targets: { 'Fn::Transform': { Name: 'Macro' } } }, 'Properties.Targets'],
    [
      'targets that a loop makes',
      { Targets: { 'Fn::ForEach::T': ['X', [], {}] } },
      'Properties.Targets.Fn::ForEach::T',
    ],
    [
      'a target that is there or not',
      { Targets: { a: { 'Fn::If': ['Yes', tasks, tasks] } } },
      'Properties.Targets.a',
    ],
    ['stop conditions of a parameter', { StopConditions: { Ref: 'Alarms' } }, 'Properties.StopConditions'],
    [
      'a stop condition that is there or not',
      { StopConditions: [{ 'Fn::If': [] }] },
      'Properties.StopConditions.0',
    ],
  ])('refuses %s, which it cannot read', (_, properties, at) => {
    expect(refusalsOf(properties)).toEqual([`unreadable ${at}`]);
  });

  it('refuses a loop that makes FIS templates, and no other', () => {
    const loop = (type: string) => ['Name', ['a', 'b'], { [`Template${variable('Name')}`]: { Type: type } }];
    const { refusals } = fenced((app) => {
      const stack = new Stack(app, 'Hand', { env: place });
      new Loop(stack, 'Topics', loop('AWS::SNS::Topic'));
      new Loop(stack, 'Templates', loop('AWS::FIS::ExperimentTemplate'));
    });
    expect(refusals.map(({ rule, at }) => `${rule} ${at}`)).toEqual(['unreadable Fn::ForEach::Templates']);
  });

  it('says what is wrong with its own options', () => {
    expect(() => new SteadfastFence({ tag: { key: '', value: 'staging' } })).toThrow(SteadfastError);
    expect(() => new SteadfastFence({ tag: { key: '', value: 'staging' } })).toThrow(
      'tag.key: must not be empty',
    );
  });
});
