import type { MetricProbe } from '../../experiment/probe.ts';
import { type Look, ofProber, type Sources, type Stretch } from './sources.ts';

/** The readings of a metric within a stretch. None is a gap, and a look that says so: never a value. */
export async function lookAtMetric(
  { metrics }: Sources,
  { metric }: MetricProbe,
  { fromMs, toMs }: Stretch,
): Promise<readonly Look[]> {
  const readings = await metrics.read(metric, fromMs, toMs);
  return readings.length > 0
    ? readings.map(({ atMs, value }) => ({ atMs, value }))
    : [{ atMs: toMs - 1, ...ofProber(`the metric ${metric} has no data`) }];
}
