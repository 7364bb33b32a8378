import { expect, it } from 'vitest';
import { createFunctionLog, createMetricWriter } from '../../lambdas/log.ts';
import { anything, containing, matching, withFields } from '../fakes/matching.ts';

function lines() {
  const written: unknown[] = [];
  return { written, write: (line: string) => void written.push(JSON.parse(line)) };
}

it('a log says in every line whose it is, and what it was told to say until it is reset', () => {
  const { written, write } = lines();
  const log = createFunctionLog({ environment: 'staging', level: 'INFO', write });
  log.appendKeys({ runId: 'run-1' });
  log.info('step done', { next: 'baseline' });
  log.debug('progress', {});
  log.resetKeys();
  log.error('step failed', new Error('it broke', { cause: new TypeError('since that did') }));
  const always = { service: 'steadfast', environment: 'staging', timestamp: matching(/Z$/) };
  expect(written).toEqual([
    { ...always, level: 'INFO', message: 'step done', runId: 'run-1', next: 'baseline' },
    {
      ...always,
      level: 'ERROR',
      message: 'step failed',
      error: withFields({
        message: 'it broke',
        stack: containing('log.test'),
        cause: withFields({ name: 'TypeError', message: 'since that did' }),
      }),
    },
  ]);
});

it('lines for debugging are written where Lambda is told to keep them', () => {
  const { written, write } = lines();
  createFunctionLog({ environment: 'staging', level: 'DEBUG', write }).debug('progress', {});
  expect(written).toHaveLength(1);
});

it('a metric is a line in the embedded format, without what has no value', () => {
  const { written, write } = lines();
  const count = createMetricWriter({ namespace: 'Steadfast', service: 'runner', write });
  count({ environment: 'staging' }, { Runs: ['Count', 1], TimeToRecover: ['Seconds', undefined] });
  count({ environment: 'staging' }, { TimeToRecover: ['Seconds', undefined] });
  expect(written).toEqual([
    {
      _aws: {
        Timestamp: anything(),
        CloudWatchMetrics: [
          {
            Namespace: 'Steadfast',
            Dimensions: [['service', 'environment']],
            Metrics: [{ Name: 'Runs', Unit: 'Count' }],
          },
        ],
      },
      service: 'runner',
      environment: 'staging',
      Runs: 1,
    },
  ]);
});
