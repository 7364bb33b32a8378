import type { RunPorts } from '../../run/ports.ts';
import { createAwsRollbacks } from '../aws-rollbacks.ts';
import { createCloudWatchGuards } from '../cloudwatch-guards.ts';
import { createCloudWatchMetrics } from '../cloudwatch-metrics.ts';
import { createDynamoLeases } from '../dynamo-leases.ts';
import { createDynamoLiveRuns } from '../dynamo-live-runs.ts';
import { createEcsServices } from '../ecs-services.ts';
import { createFunctions } from '../functions.ts';
import { createLogProgress } from '../log-progress.ts';
import { absentPorts } from './absent-ports.ts';
import { createFunctionProber } from './function-prober.ts';
import { createNotesStore } from './notes-store.ts';
import type { PortOptions } from './port-options.ts';

/** What rolling back reaches of AWS: whatever undoes, and whatever is looked at to prove that it has. */
export function createRollbackPorts(options: PortOptions): RunPorts {
  const { input, clients, clock, table, bucket } = options;
  const { alarmReader, cloudWatch, dynamo, ecs, lambda, s3, secretsManager, ssm } = clients;
  const prober = createFunctionProber({
    input,
    clock,
    cloudWatch,
    lambda,
    secretsManager,
    ssm,
    prober: options.prober,
  });
  return {
    ...absentPorts,
    clock,
    store: createNotesStore({ s3, bucket }),
    progress: createLogProgress(options.log),
    prober,
    metrics: createCloudWatchMetrics({ cloudWatch, metrics: input.metrics }),
    ecsServices: createEcsServices({ ecs, services: input.ecsServices ?? {} }),
    functions: createFunctions({ lambda, clock, functions: input.functions }),
    guards: createCloudWatchGuards({ cloudWatch, alarmReader, guards: input.guards }),
    leases: createDynamoLeases({ dynamo, table, clock, places: input.limits.runs }),
    liveRuns: createDynamoLiveRuns({ dynamo, table, clock, by: 'the runner' }),
    rollbacks: createAwsRollbacks({ lambda, ssm, prober, clock, input }),
  };
}
