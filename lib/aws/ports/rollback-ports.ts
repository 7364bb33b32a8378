import type { Leases, RunPorts } from '../../run/ports.ts';
import { createAwsRollbacks } from '../aws-rollbacks.ts';
import { createCloudWatchGuards } from '../cloudwatch-guards.ts';
import { createCloudWatchMetrics } from '../cloudwatch-metrics.ts';
import { createDynamoLiveRuns } from '../dynamo-live-runs.ts';
import { createEcsServices } from '../ecs-services.ts';
import { createFunctions } from '../functions.ts';
import { createLeaseRenewals, type LeaseTable } from '../lease-renewals.ts';
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
    leases: createLeases({ dynamo, table, clock }),
    liveRuns: createDynamoLiveRuns({ dynamo, table, clock, by: 'the runner' }),
    rollbacks: createAwsRollbacks({ lambda, ssm, prober, clock, input }),
  };
}

function createLeases(options: LeaseTable): Leases {
  const renewals = createLeaseRenewals(options);
  return { ...absentPorts.leases, renew: renewals.renew };
}
