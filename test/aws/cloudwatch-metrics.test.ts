import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createCloudWatchMetrics } from '../../lib/aws/cloudwatch-metrics.ts';
import type { Metric } from '../../lib/experiment/environment-metric.ts';
import { itReadsMetrics } from '../run/looks-contract.ts';

const minute = { ms: 60_000, text: '1m' };
const noon = Date.parse('2026-05-01T12:00:00.000Z');
const at = (seconds: number) => new Date(noon + seconds * 1_000);

const errors: Metric = {
  namespace: 'Shop',
  name: 'Errors',
  dimensions: { Service: 'shop' },
  statistic: 'Sum',
  period: minute,
};

function setUp(metrics: Record<string, Metric> = { errors }) {
  const cloudWatch = new CloudWatchClient({ region: 'eu-west-1' });
  return { mock: mockClient(cloudWatch), source: createCloudWatchMetrics({ cloudWatch, metrics }) };
}

itReadsMetrics((values) => {
  const { mock, source } = setUp(Object.fromEntries(Object.keys(values).map((name) => [name, errors])));
  const [value] = Object.values(values);
  const stamps = [120, 0, 60].map(at);
  mock.on(GetMetricDataCommand).resolves({
    MetricDataResults: [
      {
        Id: 'reading',
        Timestamps: value === undefined ? [] : stamps,
        Values: value === undefined ? [] : stamps.map(() => value),
      },
    ],
  });
  return source;
});

describe('metrics from CloudWatch', () => {
  it('are stamped with the end of their period, and gaps stay gaps', async () => {
    const { source, mock } = setUp();
    mock
      .on(GetMetricDataCommand)
      .resolvesOnce({
        MetricDataResults: [{ Id: 'reading', Timestamps: [at(0)], Values: [3] }],
        NextToken: 'more',
      })
      .resolves({ MetricDataResults: [{ Id: 'reading', Timestamps: [at(120)], Values: [0] }] });
    expect(await source.read('errors', noon, noon + 240_000)).toEqual([
      { atMs: noon + 60_000, value: 3 },
      { atMs: noon + 180_000, value: 0 },
    ]);
  });

  it('of a period that is not over are not read, since half a sum would look like a drop', async () => {
    const { source, mock } = setUp();
    mock
      .on(GetMetricDataCommand)
      .resolves({ MetricDataResults: [{ Id: 'reading', Timestamps: [at(0), at(60)], Values: [3, 1] }] });
    expect(await source.read('errors', noon, noon + 90_000)).toEqual([{ atMs: noon + 60_000, value: 3 }]);
  });

  it('are read once by whoever reads stretch after stretch, however short the stretches', async () => {
    const { source, mock } = setUp();
    mock
      .on(GetMetricDataCommand)
      .resolves({ MetricDataResults: [{ Id: 'reading', Timestamps: [at(0), at(60)], Values: [3, 4] }] });
    const stretches = Array.from({ length: 18 }, (_, index) =>
      source.read('errors', noon + index * 10_000, noon + (index + 1) * 10_000),
    );
    expect((await Promise.all(stretches)).flat().map(({ value }) => value)).toEqual([3, 4]);
  });

  it('are asked for with dimensions, statistic and period in seconds', async () => {
    const { source, mock } = setUp();
    mock.on(GetMetricDataCommand).resolves({});
    await source.read('errors', noon, noon + 60_000);
    const { input } = mock.commandCalls(GetMetricDataCommand)[0]?.args[0] ?? {};
    expect(input?.MetricDataQueries).toEqual([
      {
        Id: 'reading',
        ReturnData: true,
        MetricStat: {
          Metric: {
            Namespace: 'Shop',
            MetricName: 'Errors',
            Dimensions: [{ Name: 'Service', Value: 'shop' }],
          },
          Stat: 'Sum',
          Period: 60,
        },
      },
    ]);
    expect(input?.StartTime).toEqual(at(-60));
  });

  it('can be an expression, of which the result alone is read, even where a metric has the same id', async () => {
    const { source, mock } = setUp({
      rate: { expression: 'reading / total', metrics: { reading: errors, total: errors }, period: minute },
    });
    mock.on(GetMetricDataCommand).resolves({
      MetricDataResults: [
        { Id: 'reading', Timestamps: [at(0)], Values: [3] },
        { Id: 'reading_', Timestamps: [at(0)], Values: [0.5] },
      ],
    });
    expect(await source.read('rate', noon, noon + 120_000)).toEqual([{ atMs: noon + 60_000, value: 0.5 }]);
    const queries = mock.commandCalls(GetMetricDataCommand)[0]?.args[0].input.MetricDataQueries ?? [];
    expect(queries.map(({ Id, ReturnData }) => [Id, ReturnData])).toEqual([
      ['reading_', true],
      ['reading', false],
      ['total', false],
    ]);
  });

  it('of no such name are refused', async () => {
    await expect(setUp().source.read('erorrs', noon, noon + 1)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('that do not exist have no data, which is neither a value nor an error', async () => {
    const { source, mock } = setUp();
    mock.on(GetMetricDataCommand).resolves({
      MetricDataResults: [
        { Id: 'reading', Label: 'Errors', StatusCode: 'Complete', Timestamps: [], Values: [] },
      ],
    });
    expect(await source.read('errors', noon, noon + 600_000)).toEqual([]);
  });

  it('of an expression that has no value somewhere have a gap there', async () => {
    const { source, mock } = setUp({
      rate: { expression: 'errors / total', metrics: { errors, total: errors }, period: minute },
    });
    mock.on(GetMetricDataCommand).resolves({
      MetricDataResults: [
        {
          Id: 'reading',
          StatusCode: 'Complete',
          Messages: [{ Code: 'ArithmeticError', Value: 'dropped due to non-numeric values' }],
          Timestamps: [at(0), at(120)],
          Values: [0.5, 0.25],
        },
      ],
    });
    expect((await source.read('rate', noon, noon + 300_000)).map(({ atMs }) => atMs - noon)).toEqual([
      60_000, 180_000,
    ]);
  });

  it.each([
    ['Forbidden', 'permission'],
    ['InternalError', 'internal'],
  ] as const)('that CloudWatch could not read are no metrics without data: %s', async (StatusCode, code) => {
    const { source, mock } = setUp({
      rate: { expression: 'errors / total', metrics: { errors, total: errors }, period: minute },
    });
    const Messages = [{ Code: StatusCode, Value: 'come back later' }];
    mock.on(GetMetricDataCommand).resolves({
      MetricDataResults: [
        { Id: 'reading', StatusCode: 'Complete', Timestamps: [], Values: [] },
        { Id: 'total', StatusCode, Messages },
      ],
    });
    await expect(source.read('rate', noon, noon + 60_000)).rejects.toMatchObject({
      code,
      message: `CloudWatch could not read the metric rate: ${StatusCode}, come back later`,
    });
  });

  it('pass on that CloudWatch refuses or is asked too much', async () => {
    for (const name of ['AccessDenied', 'ThrottlingException']) {
      const { source, mock } = setUp();
      mock.rejects(Object.assign(new Error(`it says ${name}`), { name }));
      await expect(source.read('errors', noon, noon + 60_000)).rejects.toThrow(`it says ${name}`);
    }
  });

  it('that come late are there for whoever asks later for the same time', async () => {
    const { source, mock } = setUp();
    const late = { MetricDataResults: [{ Id: 'reading', Timestamps: [at(0)], Values: [3] }] };
    mock.on(GetMetricDataCommand).resolvesOnce({ MetricDataResults: [] }).resolves(late);
    expect(await source.read('errors', noon, noon + 90_000)).toEqual([]);
    expect(await source.read('errors', noon, noon + 90_000)).toEqual([{ atMs: noon + 60_000, value: 3 }]);
  });
});
