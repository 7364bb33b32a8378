import { metricNames, metricNamespace, metricService } from '../lib/plan/own-metrics.ts';
import type { RunRecord } from '../lib/run/run-record.ts';
import { createMetricWriter } from './log.ts';

/** Counts a run that has concluded. */
export type CountVerdict = (run: RunRecord) => void;

/**
 * Counts runs as CloudWatch metrics, which dashboards and alarms read: how many ended with which verdict, and how long it took to
 * see the harm and to recover. They are written to the log in the embedded metric format, so they cost no call.
 */
export function createVerdictMetric(): CountVerdict {
  const write = createMetricWriter({ namespace: metricNamespace, service: metricService });
  return ({ environment, experiment, verdict, ...figures }) => {
    const runs = { [metricNames.runs]: ['Count', 1] } as const;
    write({ environment, experiment, verdict }, runs);
    // For an alarm, which cannot look for metrics and needs its dimensions named.
    write({ environment, verdict }, runs);
    write(
      { environment, experiment },
      {
        [metricNames.exposure]: ['Seconds', figures.exposureSeconds],
        [metricNames.detect]: ['Seconds', figures.detectSeconds],
        [metricNames.recover]: ['Seconds', figures.recoverySeconds],
        [metricNames.bite]: ['Percent', percent(figures.biteShare)],
      },
    );
  };
}

const percent = (share: number | undefined) => (share === undefined ? undefined : 100 * share);
