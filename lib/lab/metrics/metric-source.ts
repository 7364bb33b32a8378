import type { MetricSource } from '../../run/ports.ts';
import type { RunningLab } from '../running-lab.ts';

/** A lab's metrics are read as they are now: one reading at the end of the time asked about. */
export const createLabMetrics = (lab: Pick<RunningLab, 'readMetric'>): MetricSource => ({
  read: async (metric, fromMs, toMs) => {
    const value = await lab.readMetric(metric);
    return value === undefined ? [] : [{ atMs: Math.max(fromMs, toMs - 1), value }];
  },
});
