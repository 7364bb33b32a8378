import {
  type CloudWatchClient,
  type MetricDataQuery,
  type MetricDataResult,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import type { Metric, MetricStat } from '../experiment/environment-metric.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { MetricSource } from '../run/ports.ts';

const seconds = (ms: number) => Math.max(1, Math.round(ms / 1_000));

const statQuery = (id: string, stat: MetricStat, periodMs: number, returned: boolean): MetricDataQuery => ({
  Id: id,
  ReturnData: returned,
  MetricStat: {
    Metric: {
      Namespace: stat.namespace,
      MetricName: stat.name,
      Dimensions: Object.entries(stat.dimensions ?? {}).map(([Name, Value]) => ({ Name, Value })),
    },
    Stat: stat.statistic,
    Period: seconds(periodMs),
  },
});

/** An id for the series that is read, other than those that an expression gives its own metrics. */
function readingIdOf(metric: Metric): string {
  let id = 'reading';
  while ('expression' in metric && id in metric.metrics) id += '_';
  return id;
}

function queriesFor(metric: Metric, readingId: string): MetricDataQuery[] {
  if (!('expression' in metric)) return [statQuery(readingId, metric, metric.period.ms, true)];
  return [
    { Id: readingId, Expression: metric.expression, Period: seconds(metric.period.ms), ReturnData: true },
    ...Object.entries(metric.metrics).map(([id, stat]) => statQuery(id, stat, stat.period.ms, false)),
  ];
}

/** What CloudWatch could not read is no metric without data. */
function refuseFailed(name: string, { StatusCode, Messages = [] }: MetricDataResult): void {
  if (StatusCode !== 'Forbidden' && StatusCode !== 'InternalError') return;
  const said = Messages.flatMap(({ Value }) => Value ?? []).join('; ');
  throw new SteadfastError(
    StatusCode === 'Forbidden' ? 'permission' : 'internal',
    `CloudWatch could not read the metric ${name}: ${StatusCode}${said === '' ? '' : `, ${said}`}`,
  );
}

/**
 * Reads metrics from CloudWatch. A reading is stamped with the *end* of its period (CloudWatch stamps the start): that is when it can be
 * known, and so a period that is not over has no reading, since half a period's sum would look like a drop. What comes later
 * still is the probe's `delay`. A period without data is a gap and stays one.
 */
export function createCloudWatchMetrics(options: {
  readonly cloudWatch: CloudWatchClient;
  readonly metrics: Readonly<Record<string, Metric>>;
}): MetricSource {
  const { cloudWatch, metrics } = options;
  return {
    read: async (name, fromMs, toMs) => {
      const metric = metrics[name];
      if (metric === undefined) {
        throw new SteadfastError('invalid', `no metric is called '${name}'`, {
          hint: 'add it to the metrics of the environment',
        });
      }
      const readingId = readingIdOf(metric);
      const periodMs = seconds(metric.period.ms) * 1_000;
      const firstMs = Math.floor((fromMs - periodMs) / periodMs) * periodMs;
      // CloudWatch takes whole seconds, and an end after the start; what is asked too much is left out below.
      const lastMs = Math.max(Math.ceil((toMs - periodMs) / 1_000) * 1_000, firstMs + 1_000);
      const pages = paginateGetMetricData(
        { client: cloudWatch },
        {
          MetricDataQueries: queriesFor(metric, readingId),
          StartTime: new Date(firstMs),
          EndTime: new Date(lastMs),
          ScanBy: 'TimestampAscending',
        },
      );
      const readings: { atMs: number; value: number }[] = [];
      for await (const page of pages) {
        for (const result of page.MetricDataResults ?? []) {
          refuseFailed(name, result);
          if (result.Id !== readingId) continue;
          result.Timestamps?.forEach((timestamp, index) => {
            const value = result.Values?.[index];
            if (value !== undefined) readings.push({ atMs: timestamp.getTime() + periodMs, value });
          });
        }
      }
      return readings.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).toSorted((a, b) => a.atMs - b.atMs);
    },
  };
}
