import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { metricNames, metricNamespace, metricService } from '../lib/plan/own-metrics.ts';
import type { RunRecord } from '../lib/run/run-record.ts';

/** Counts a run that has concluded. */
export type CountVerdict = (run: RunRecord) => void;

/**
 * Counts runs as CloudWatch metrics, which dashboards and alarms read: how many ended with which verdict, and how long it took to
 * see the harm and to recover. They are written to the log in the embedded metric format, so they cost no call.
 */
export function createVerdictMetric(): CountVerdict {
  return ({ environment, experiment, verdict, ...figures }) => {
    const runs = { [metricNames.runs]: [MetricUnit.Count, 1] } as const;
    write({ environment, experiment, verdict }, runs);
    // For an alarm, which cannot look for metrics and needs its dimensions named.
    write({ environment, verdict }, runs);
    write(
      { environment, experiment },
      {
        [metricNames.exposure]: [MetricUnit.Seconds, figures.exposureSeconds],
        [metricNames.detect]: [MetricUnit.Seconds, figures.detectSeconds],
        [metricNames.recover]: [MetricUnit.Seconds, figures.recoverySeconds],
        [metricNames.bite]: [MetricUnit.Percent, percent(figures.biteShare)],
      },
    );
  };
}

const percent = (share: number | undefined) => (share === undefined ? undefined : 100 * share);

type Unit = (typeof MetricUnit)[keyof typeof MetricUnit];

function write(
  dimensions: Readonly<Record<string, string>>,
  values: Readonly<Record<string, readonly [Unit, number | undefined]>>,
): void {
  const metrics = new Metrics({ namespace: metricNamespace, serviceName: metricService });
  metrics.addDimensions({ ...dimensions });
  for (const [name, [unit, value]] of Object.entries(values))
    if (value !== undefined) metrics.addMetric(name, unit, value);
  metrics.publishStoredMetrics();
}
