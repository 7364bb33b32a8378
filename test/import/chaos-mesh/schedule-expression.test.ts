import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronTimesOf } from '../../../lib/experiment/cron-times.ts';
import { scheduleExpression } from '../../../lib/import/chaos-mesh/schedule-expression.ts';
import { containing } from '../../fakes/matching.ts';

describe('a schedule of Chaos Mesh', () => {
  it.each([
    ['@every 1h', 'rate(1 hour)'],
    ['@every 90m', 'rate(90 minutes)'],
    ['@every 1m', 'rate(1 minute)'],
    ['@every 48h', 'rate(2 days)'],
    ['@every 24h', 'rate(1 day)'],
    ['0 2 * * 3', 'cron(0 2 ? * WED *)'],
    ['0 0 2 * * wed', 'cron(0 2 ? * WED *)'],
    ['*/15 * * * *', 'cron(0,15,30,45 * * * ? *)'],
    ['5/20 8-18 * * MON-FRI', 'cron(5,25,45 8-18 ? * MON-FRI *)'],
    ['0 9 1,15 * ?', 'cron(0 9 1,15 * ? *)'],
    ['0 9 ? 1-3 0,6', 'cron(0 9 ? 1-3 SUN,SAT *)'],
    ['0 9 * JAN,jul */2', 'cron(0 9 ? 1,7 SUN,TUE,THU,SAT *)'],
    ['10-30/10 0 * * *', 'cron(10,20,30 0 * * ? *)'],
    ['@daily', 'cron(0 0 * * ? *)'],
    ['@midnight', 'cron(0 0 * * ? *)'],
    ['@hourly', 'cron(0 * * * ? *)'],
    ['@weekly', 'cron(0 0 ? * SUN *)'],
    ['@monthly', 'cron(0 0 1 * ? *)'],
    ['@yearly', 'cron(0 0 1 1 ? *)'],
    ['@annually', 'cron(0 0 1 1 ? *)'],
    ['  0 2 29 2 *  ', 'cron(0 2 29 2 ? *)'],
  ])('%s is %s', (text, expression) => {
    expect(scheduleExpression(text)).toMatchObject({ expression });
    expect(scheduleExpression(text)).not.toHaveProperty('differs');
  });

  it.each([
    ['30 0 2 * * 3', 'cron(0 2 ? * WED *)', 'the second is left out'],
    ['@every 90s', 'rate(2 minutes)', 'a little less often'],
    ['@every 1h0.5s', 'rate(61 minutes)', 'a little less often'],
  ])('%s is nearly %s', (text, expression, differs) => {
    expect(scheduleExpression(text)).toMatchObject({ expression, differs: containing(differs) });
  });

  it.each(['CRON_TZ=Europe/Dublin 0 2 * * *', 'TZ=Europe/Dublin 0 2 * * *'])(
    '%s says whose clock it goes by',
    (text) => {
      expect(scheduleExpression(text)).toEqual({
        expression: 'cron(0 2 * * ? *)',
        timeZone: 'Europe/Dublin',
      });
    },
  );

  it.each([
    ['@every 5s', 'more often than once a minute'],
    ['*/10 * * * * *', 'more often than once a minute'],
    ['* 0 2 * * *', 'more often than once a minute'],
    ['@every 0s', 'no interval'],
    ['@every soon', 'no interval'],
    ['@every 9000h', 'rarer than once a year'],
    ['0 2 1 * 3', 'only one of them'],
    ['0 2 31 2,4 *', 'never comes'],
    ['0 2 * *', 'neither five fields nor six'],
    ['', 'neither five fields nor six'],
    ['60 2 * * *', 'field of the minute'],
    ['0 24 * * *', 'field of the hour'],
    ['0 2 0 * *', 'field of the day of the month'],
    ['0 2 * 13 *', 'field of the month'],
    ['0 2 * * 7', 'field of the day of the week'],
    ['x 0 2 * * *', 'field of the second'],
    ['5-2 2 * * *', 'field of the minute'],
    ['1-2-3 2 * * *', 'field of the minute'],
    ['*/0 2 * * *', 'field of the minute'],
    ['1,,2 2 * * *', 'field of the minute'],
    ['TZ=Moon/Sea 0 2 * * *', 'no IANA time zone'],
    ['@fortnightly', 'neither five fields nor six'],
    ['__proto__', 'neither five fields nor six'],
  ])('%j cannot be one: %s', (text, problem) => {
    expect(scheduleExpression(text)).toEqual({ problem: containing(problem) });
  });

  it('comes at the same times of the day as the cron that it was', () => {
    const minute = fc.constantFrom('0', '5', '*/7', '3-50/9', '1,2,3,59', '*', '10/25');
    const hour = fc.constantFrom('0', '23', '*/5', '8-18', '1,13', '*');
    fc.assert(
      fc.property(minute, hour, (m, h) => {
        const made = scheduleExpression(`${m} ${h} * * *`);
        if ('problem' in made) throw new Error(made.problem);
        const written = made.expression.slice('cron('.length, -1);
        // A step from a number runs to the last minute, which other crons write as a range.
        const asRange = m.replace(/^(\d+)\//, '$1-59/');
        expect(cronTimesOf(written).minutesOfDay).toEqual(cronTimesOf(`${asRange} ${h} * * *`).minutesOfDay);
      }),
      { numRuns: 40 },
    );
  });
});
