import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { GuardAlarm, type GuardAlarmProps } from '../../lib/cdk/guard-alarm.ts';
import { fisProperties, problemsOf, stagingStack, template } from './template/fixture.ts';

const count = (metricName: string, statistic = 'Sum') =>
  new Metric({ namespace: 'Shop', metricName, statistic });
const shop: GuardAlarmProps = { errors: count('Errors'), requests: count('Requests'), above: '5%' };

/** What JavaScript may hand over. */
const unread = z.custom<'5m'>().parse('soon');

const alarm = (changes: Partial<GuardAlarmProps> = {}) => {
  const stack = stagingStack();
  return { stack, made: new GuardAlarm(stack, 'Guard', { ...shop, ...changes }) };
};

describe('a guard alarm', () => {
  it('is one on the share of errors, in which silence of errors is zero and silence of requests is none', () => {
    const { stack } = alarm({ for: '2m' });
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 5,
      EvaluationPeriods: 2,
      TreatMissingData: 'missing',
      AlarmDescription: 'More than 5% errors: experiments of FIS stop on it.',
      Metrics: [
        Match.objectLike({ Expression: '100 * (FILL(errors1, 0)) / (requests1)' }),
        Match.objectLike({ Id: 'errors1', MetricStat: Match.objectLike({ Period: 60, Stat: 'Sum' }) }),
        Match.objectLike({ Id: 'requests1', MetricStat: Match.objectLike({ Period: 60, Stat: 'Sum' }) }),
      ],
    });
  });

  it('joins several signals', () => {
    const { stack } = alarm({
      errors: [count('Refused'), count('Failed')],
      requests: [count('Reads'), count('Writes')],
      period: Duration.seconds(10),
      for: '25s',
      alarmName: 'shop',
      alarmDescription: 'the shop fails',
    });
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'shop',
      AlarmDescription: 'the shop fails',
      EvaluationPeriods: 3,
      Metrics: Match.arrayWith([
        Match.objectLike({
          Expression: '100 * (FILL(errors1, 0) + FILL(errors2, 0)) / (requests1 + requests2)',
        }),
      ]),
    });
  });

  it('is what a template stops on', () => {
    const { stack, made } = alarm();
    template({ stopConditions: [made] }, stack);
    expect(fisProperties(stack)['StopConditions']).toHaveLength(1);
  });

  it.each<[string, Partial<GuardAlarmProps>, string[]]>([
    ['a share of errors that is none', { above: '120%' }, ['above above']],
    ['a time that is none', { for: unread }, ['wrong-type for']],
    ['a period that is none', { period: unread }, ['wrong-type period']],
    ['a period on which CloudWatch makes no alarm', { period: '45s' }, ['alarm-period period']],
    ['no errors', { errors: [] }, ['missing errors']],
    ['a metric that is no sum', { requests: count('Requests', 'Average') }, ['statistic requests']],
    [
      'more metrics than an alarm takes',
      { errors: Array.from({ length: 10 }, (_, n) => count(`Errors${n}`)) },
      ['too-many-metrics '],
    ],
  ])('is refused with %s', (_, changes, problems) => {
    expect(problemsOf(() => alarm(changes))).toEqual(problems);
  });
});
