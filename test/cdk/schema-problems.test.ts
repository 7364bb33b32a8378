import { describe, expect, it } from 'vitest';
import { schemaProblems } from './schema-problems.ts';

const template = {
  Description: 'by hand',
  RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
  Targets: {
    tasks: { ResourceType: 'aws:ecs:task', SelectionMode: 'ALL', ResourceTags: { Env: 'staging' } },
  },
  Actions: { stop: { ActionId: 'aws:ecs:stop-task', Targets: { Tasks: 'tasks' } } },
  StopConditions: [{ Source: 'aws:cloudwatch:alarm', Value: { Ref: 'Alarm' } }],
  LogConfiguration: { LogSchemaVersion: 2, CloudWatchLogsConfiguration: { LogGroupArn: 'arn' } },
  ExperimentOptions: { EmptyTargetResolutionMode: 'fail' },
};

const problemsOf = (properties: object, type = 'AWS::FIS::ExperimentTemplate') =>
  schemaProblems({ Resources: { It: { Type: type, Properties: { ...properties } } } });

describe("CloudFormation's own schemas", () => {
  it('let a template pass, and whatever intrinsic functions become', () => {
    expect(problemsOf(template)).toEqual([]);
    expect(problemsOf({ ...template, Targets: { 'Fn::Transform': 'Macro' } })).toEqual([]);
  });

  it.each([
    [
      'a key in the case of CDK, which hands the log configuration on as it is',
      {
        ...template,
        LogConfiguration: { LogSchemaVersion: 2, CloudWatchLogsConfiguration: { logGroupArn: 'arn' } },
      },
      [
        'It.LogConfiguration.CloudWatchLogsConfiguration: lacks LogGroupArn',
        'It.LogConfiguration.CloudWatchLogsConfiguration: knows no logGroupArn',
      ],
    ],
    [
      'a missing property of an item',
      { ...template, StopConditions: [...template.StopConditions, {}] },
      ['It.StopConditions.1: lacks Source'],
    ],
    ['an unknown property', { ...template, Alarms: [] }, ['It: knows no Alarms']],
    [
      'a number for a text, deep inside',
      { ...template, Targets: { tasks: { ...template.Targets.tasks, ResourceTags: { Env: 1 } } } },
      ['It.Targets.tasks.ResourceTags.Env: is no string'],
    ],
    [
      'a text for a number',
      { ...template, LogConfiguration: { ...template.LogConfiguration, LogSchemaVersion: '2' } },
      ['It.LogConfiguration.LogSchemaVersion: is no integer'],
    ],
    ['an item for a list', { ...template, StopConditions: {} }, ['It.StopConditions: is no array']],
    ['a list for a map', { ...template, Actions: [] }, ['It.Actions: is no map']],
    [
      'a value that is not allowed',
      { ...template, ExperimentOptions: { EmptyTargetResolutionMode: 'ignore' } },
      ['It.ExperimentOptions.EmptyTargetResolutionMode: is "ignore", none of fail, skip'],
    ],
  ])('find %s', (_, properties, problems) => {
    expect(problemsOf(properties)).toEqual(problems);
  });

  it('find a property that is not there, a type that is not, and tags that are none', () => {
    const { RoleArn: _, ...withoutRole } = template;
    expect(problemsOf(withoutRole)).toEqual(['It: lacks RoleArn']);
    expect(problemsOf({}, 'AWS::FIS::Experiment')).toEqual(['It: no type is called AWS::FIS::Experiment']);
    expect(problemsOf({ Tags: [{ key: 'Env', Value: 'staging' }] }, 'AWS::SNS::Topic')).toEqual([
      'It.Tags.0: lacks Key',
      'It.Tags.0: knows no key',
    ]);
  });
});
