import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Alarm, AlarmRule, AlarmState, CompositeAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { describe, expect, it } from 'vitest';
import { alarmArn, byHand, fenced, place, refusalsOf, stopOn, variable } from './refusals.ts';

const tag = { key: 'Env', value: 'staging' };
const at = 'Properties.StopConditions';
const ownAlarm = `arn:${variable('AWS::Partition')}:cloudwatch:${variable('AWS::Region')}:${variable('AWS::AccountId')}:alarm:errors`;
const metric = new Metric({ namespace: 'Shop', metricName: 'Errors' });

describe('a template', () => {
  it.each([
    ['no stop condition', []],
    ['none', [{ Source: 'none' }]],
    ['none beside an alarm', [stopOn(alarmArn), { Source: 'none' }]],
    ['an alarm without a name', [{ Source: 'aws:cloudwatch:alarm' }]],
    ['an alarm of an empty name', [stopOn('')]],
    ['a source that cannot be read', [{ Source: { Ref: 'Source' }, Value: alarmArn }]],
  ])('is refused that stops on %s', (_, StopConditions) => {
    expect(refusalsOf({ StopConditions })).toEqual([`stop-condition ${at}`]);
  });

  it('is refused that stops on more alarms than FIS takes', () => {
    const StopConditions = Array.from({ length: 6 }, (_, index) => stopOn(`${alarmArn}-${index}`));
    expect(refusalsOf({ StopConditions })).toEqual([`limits ${at}`]);
  });

  it.each([
    ['another account', 'arn:aws:cloudwatch:eu-west-1:222222222222:alarm:errors'],
    ['another Region', 'arn:aws:cloudwatch:us-east-1:111111111111:alarm:errors'],
    ['its name alone', 'errors'],
    ['no alarm', 'arn:aws:sns:eu-west-1:111111111111:errors'],
    ['a parameter', { Ref: 'AlarmArn' }],
    ['something that is read from elsewhere', '{{resolve:ssm:/alarm}}'],
    ['an export of another app', { 'Fn::ImportValue': 'alarm-arn' }],
    ['a condition', { 'Fn::If': ['Yes', alarmArn, alarmArn] }],
  ])('is refused that stops on an alarm of %s', (_, value) => {
    expect(refusalsOf({ StopConditions: [stopOn(alarmArn), stopOn(value)] })).toEqual([
      `own-alarms ${at}.1.Value`,
    ]);
  });

  it('says what cannot be read, and what lies elsewhere', () => {
    const messageOf = (value: unknown) =>
      fenced((app) => {
        byHand(new Stack(app, 'Hand', { env: place }), 'Template', { StopConditions: [stopOn(value)] });
      }).refusals[0]?.message;
    expect(messageOf({ Ref: 'AlarmArn' })).toContain('cannot be read before it is deployed');
    expect(messageOf('arn:aws:cloudwatch:us-east-1:111111111111:alarm:errors')).toContain(
      "is not of this template's own account and Region (111111111111, eu-west-1)",
    );
  });

  it.each([
    [
      'joined',
      {
        'Fn::Join': [
          '',
          [
            'arn:',
            { Ref: 'AWS::Partition' },
            ':cloudwatch:',
            { Ref: 'AWS::Region' },
            ':',
            { Ref: 'AWS::AccountId' },
            ':alarm:',
            { Ref: 'Name' },
          ],
        ],
      },
    ],
    ['substituted', { 'Fn::Sub': ownAlarm }],
    [
      'substituted with names of its own',
      {
        'Fn::Sub': [
          `arn:aws:cloudwatch:${variable('R')}:${variable('AWS::AccountId')}:alarm:errors`,
          { R: { Ref: 'AWS::Region' } },
        ],
      },
    ],
  ])('passes that stops on an alarm of its own whose ARN is %s, wherever it is deployed', (_, value) => {
    expect(refusalsOf({ StopConditions: [stopOn(value)] })).toEqual([]);
    expect(refusalsOf({ StopConditions: [stopOn(value)] }, { tag }, {})).toEqual([]);
  });

  it('passes that stops on alarms of its app, composite ones as well', () => {
    const { refusals } = fenced((app) => {
      const stack = new Stack(app, 'Hand');
      const alarm = new Alarm(stack, 'Alarm', { metric, threshold: 1, evaluationPeriods: 1 });
      const both = new CompositeAlarm(stack, 'Both', {
        alarmRule: AlarmRule.fromAlarm(alarm, AlarmState.ALARM),
      });
      byHand(stack, 'Template', { StopConditions: [stopOn(alarm.alarmArn), stopOn(both.alarmArn)] });
    });
    expect(refusals).toEqual([]);
  });

  it('is refused where nobody can tell whether an alarm is of its own account', () => {
    const StopConditions = [stopOn(alarmArn)];
    expect(refusalsOf({ StopConditions }, { tag }, {})).toEqual([`own-alarms ${at}.0.Value`]);
    expect(refusalsOf({ StopConditions }, { tag, ...place }, {})).toEqual([]);
  });

  it('is refused outside the account and Region of its environment', () => {
    const StopConditions = [stopOn({ 'Fn::Sub': ownAlarm })];
    const elsewhere = { ...place, region: 'us-east-1' };
    expect(refusalsOf({ StopConditions }, { tag, ...place }, elsewhere)).toEqual(['place Properties']);
    expect(refusalsOf({ StopConditions }, { tag, ...place }, place)).toEqual([]);
  });
});

describe('a guard that the fence names', () => {
  const refusedWith = (guards: string[], value: unknown) =>
    refusalsOf({ StopConditions: [stopOn(value)] }, { tag, guards });

  it('must be among the stop conditions of every template, by name or by ARN', () => {
    expect(refusedWith(['errors'], alarmArn)).toEqual([]);
    expect(refusedWith([alarmArn], alarmArn)).toEqual([]);
    expect(refusedWith(['orders'], alarmArn)).toEqual([`guards ${at}`]);
    expect(refusedWith(['errors', 'orders'], alarmArn)).toEqual([`guards ${at}`]);
  });

  it('may be an alarm of the app', () => {
    const refusedBy = (stopsOn: 'One' | 'Other') => {
      const arns: Record<string, string> = {};
      return fenced(
        (app) => {
          const stack = new Stack(app, 'Hand');
          for (const id of ['One', 'Other'])
            arns[id] = new Alarm(stack, id, { metric, threshold: 1, evaluationPeriods: 1 }).alarmArn;
          new CfnParameter(stack, 'Unused');
          byHand(stack, 'Template', { StopConditions: [stopOn(arns[stopsOn])] });
        },
        () => ({ tag, guards: [arns['One'] ?? ''] }),
      ).refusals.map(({ rule, message }) => `${rule}: ${message}`);
    };
    expect(refusedBy('One')).toEqual([]);
    expect(refusedBy('Other')).toEqual([
      'guards: FIS template: it does not stop on the guard Hand/One/Resource',
    ]);
  });

  it('may be named by an alarm of the app that is given a name', () => {
    const { refusals } = fenced(
      (app) => {
        const stack = new Stack(app, 'Hand');
        const alarm = new Alarm(stack, 'Alarm', {
          alarmName: 'errors',
          metric,
          threshold: 1,
          evaluationPeriods: 1,
        });
        byHand(stack, 'Template', { StopConditions: [stopOn(alarm.alarmArn)] });
      },
      { tag, guards: ['errors'] },
    );
    expect(refusals).toEqual([]);
  });
});
