import { App, Stack, Tags } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnExperimentTemplate } from 'aws-cdk-lib/aws-fis';
import { describe, expect, it } from 'vitest';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { keepOwnTags } from '../../lib/cdk/own-tags.ts';
import { staging } from '../plan/examples.ts';
import { assertable, type Synthesis, synthesize, synthesizeStacks } from './synthesis.ts';

const stackName = 'steadfast-staging-experiments-team-shop';

/** The FIS templates of an environment as they are written, and what CloudFormation would add to them. */
function written(synthesis: Synthesis) {
  const { template, tags } = synthesizeStacks(synthesis).get(stackName) ?? {};
  const templates = Object.entries(template?.Resources ?? {}).filter(
    ([, { Type }]) => Type === 'AWS::FIS::ExperimentTemplate',
  );
  expect(templates).toHaveLength(3);
  return { text: JSON.stringify(templates), tags };
}

/** CDK's older way: what tags an app tags its stacks as well. */
const tagsReachStacks = { '@aws-cdk/core:explicitStackTags': false };

const stackOf = (app: App): Stack => {
  const stack = app.node.tryFindChild(stackName);
  if (!(stack instanceof Stack)) throw new Error('the app has no stack of experiments');
  return stack;
};

describe("the FIS templates of an environment's own app", () => {
  const ways: [string, Synthesis][] = [
    ['an app-wide tag', { change: (app) => Tags.of(app).add('CostCenter', '42') }],
    [
      'an app-wide tag that reaches stacks too',
      { change: (app) => Tags.of(app).add('CostCenter', '42'), context: tagsReachStacks },
    ],
    [
      'an app-wide tag that is meant for stacks',
      {
        change: (app) =>
          Tags.of(app).add('CostCenter', '42', { includeResourceTypes: ['aws:cdk:stack'], priority: 999 }),
      },
    ],
    [
      'a tag on everything in their stack',
      { change: (app) => Tags.of(stackOf(app)).add('CostCenter', '42') },
    ],
    ['a tag on their stack itself', { change: (app) => stackOf(app).addStackTag('CostCenter', '42') }],
    [
      'a tag set on their stack by force',
      { change: (app) => stackOf(app).tags.setTag('CostCenter', '42', 9_999) },
    ],
    [
      'a tag on templates alone',
      {
        change: (app) =>
          Tags.of(app).add('CostCenter', '42', { includeResourceTypes: ['AWS::FIS::ExperimentTemplate'] }),
      },
    ],
    [
      'another value of one of their own tags',
      { change: (app) => Tags.of(app).add('steadfast:environment', 'production', { priority: 500 }) },
    ],
    [
      'the removal of one of their own tags',
      { change: (app) => Tags.of(app).remove('steadfast:experiment') },
    ],
  ];
  it.each(ways)('are byte for byte the same with %s', (_, synthesis) => {
    expect(written(synthesis)).toEqual({ ...written({}), tags: {} });
  });

  it('are alone in that: everything else is tagged as the app asks', () => {
    const stacks = synthesize({ change: (app) => Tags.of(app).add('CostCenter', '42') });
    const tagged = { Tags: Match.arrayWith([{ Key: 'CostCenter', Value: '42' }]) };
    assertable(stacks, stackName).allResourcesProperties('AWS::StepFunctions::StateMachine', tagged);
    assertable(stacks, stackName).allResourcesProperties('AWS::IAM::Role', tagged);
    assertable(stacks, 'steadfast-staging-core').hasResourceProperties('AWS::DynamoDB::Table', tagged);
  });

  it('say which environment and experiment they are of', () => {
    assertable(synthesize(), stackName).allResourcesProperties('AWS::FIS::ExperimentTemplate', {
      Tags: { 'steadfast:environment': staging.id, 'steadfast:experiment': 'slow-database' },
    });
  });
});

describe("an FIS template in a stack of somebody else's app", () => {
  const own = { 'steadfast:environment': 'staging' };

  function foreignStack(options: { tags?: Record<string, string>; context?: Record<string, unknown> } = {}) {
    const app = new App({ analyticsReporting: false, context: { ...cdkJson.context, ...options.context } });
    const stack = new Stack(app, 'shop-service', options.tags === undefined ? {} : { tags: options.tags });
    const template = new CfnExperimentTemplate(stack, 'Template', {
      description: 'Slow',
      roleArn: 'arn:aws:iam::111111111111:role/fis',
      stopConditions: [{ source: 'none' }],
      targets: {},
    });
    keepOwnTags(template, own);
    return { app, stack };
  }

  it('keeps its own tags, and no others, when the app is tagged', () => {
    const { app, stack } = foreignStack();
    Tags.of(app).add('CostCenter', '42');
    Template.fromStack(stack).hasResource('AWS::FIS::ExperimentTemplate', {
      Properties: Match.objectEquals({
        Description: 'Slow',
        RoleArn: 'arn:aws:iam::111111111111:role/fis',
        StopConditions: [{ Source: 'none' }],
        Targets: {},
        Tags: own,
      }),
    });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  it('comes with a warning when the stack has tags, since CloudFormation passes them on: the stack is theirs', () => {
    const { stack } = foreignStack({ tags: { CostCenter: '42', Team: 'shop' } });
    Annotations.fromStack(stack).hasWarning(
      '/shop-service/Template',
      Match.stringLikeRegexp('tags of the stack shop-service \\(CostCenter, Team\\) on to this FIS template'),
    );
    expect(stack.tags.tagValues()).toEqual({ CostCenter: '42', Team: 'shop' });
  });

  it('comes with it also when a tag of the app reaches the stack in the older way', () => {
    const { app, stack } = foreignStack({ context: tagsReachStacks });
    Tags.of(app).add('CostCenter', '42');
    Annotations.fromStack(stack).hasWarning(
      '/shop-service/Template',
      Match.stringLikeRegexp('@aws-cdk/core:explicitStackTags'),
    );
  });
});
