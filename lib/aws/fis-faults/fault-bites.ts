import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { ECSClient } from '@aws-sdk/client-ecs';
import type { FisClient } from '@aws-sdk/client-fis';
import { biteMetricOf } from '../../experiment/fault-parts.ts';
import type { BiteMetric } from '../../fis/bite-metric.ts';
import { experimentOf, type RunnerInput } from '../../plan/runner-input.ts';
import type { Clock, FaultInjector, Stretch } from '../../run/ports.ts';
import { createCloudWatchMetrics } from '../cloudwatch-metrics.ts';
import { biteEvidence } from '../fis-bite/bite-evidence.ts';
import { metricMoved } from '../fis-bite/metric-moved.ts';
import { readExperiment, resolvedTargets } from '../fis-experiment.ts';
import type { LazyEc2 } from '../lazy-ec2.ts';
import { stageOf } from './stage-of.ts';

export interface FaultBiteOptions {
  readonly fis: FisClient;
  readonly ec2: LazyEc2;
  readonly ecs: ECSClient;
  readonly cloudWatch: CloudWatchClient;
  readonly clock: Clock;
  readonly input: RunnerInput;
}

/** Evidence whether faults of AWS FIS reached the system. */
export function createFaultBites(options: FaultBiteOptions): Pick<FaultInjector, 'bite'> {
  const { fis, ec2, ecs, cloudWatch, clock, input } = options;
  const metrics = createCloudWatchMetrics({ cloudWatch, metrics: input.metrics });
  const moved = (baseline: Stretch | undefined) => (asked: BiteMetric, fault: Stretch | undefined) =>
    metricMoved(asked, {
      metrics,
      periodMs: input.metrics[asked.metric]?.period.ms ?? 0,
      baseline,
      fault,
      nowMs: clock.now(),
    });

  return {
    bite: async (stage, experimentId, baseline) => {
      const { faults } = experimentOf(input);
      return biteEvidence({
        faults: stageOf(input, stage).faults.map(({ name, action }) => {
          const fault = faults[name];
          const asked = fault === undefined ? undefined : biteMetricOf(fault);
          return {
            name,
            action: input.actions[action],
            ...(asked === undefined ? {} : { metric: { asked, moved: moved(baseline) } }),
          };
        }),
        experiment: await readExperiment(fis, experimentId),
        targets: await resolvedTargets(fis, experimentId),
        clients: { ec2, ecs },
      });
    },
  };
}
