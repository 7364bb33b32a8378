import type { RunnerInput } from '../../plan/runner-input.ts';
import { withSources } from '../../probing/behind.ts';
import type { Clock, Prober } from '../../run/ports.ts';
import { createAwsProber } from '../aws-prober.ts';
import type { AwsClients } from '../clients.ts';
import { createCloudWatchMetrics } from '../cloudwatch-metrics.ts';

/** Asks services for the steps of a function, and what tells how far their answers are behind. */
export function createFunctionProber(
  options: Pick<AwsClients, 'cloudWatch' | 'lambda' | 'secretsManager' | 'ssm'> & {
    readonly input: RunnerInput;
    readonly clock: Clock;
    /** In place of the one that asks services from here. */
    readonly prober?: Prober | undefined;
  },
): Prober {
  const { input, clock, cloudWatch } = options;
  return withSources({
    prober: options.prober ?? createAwsProber(options),
    metrics: createCloudWatchMetrics({ cloudWatch, metrics: input.metrics }),
    clock,
  });
}
