import type { Leases, RunPorts } from '../../run/ports.ts';
import { createAwsTraffic } from '../aws-traffic.ts';
import { createCloudWatchGuards } from '../cloudwatch-guards.ts';
import { createCloudWatchMetrics } from '../cloudwatch-metrics.ts';
import { createDynamoHalts } from '../dynamo-halts.ts';
import { createEcsServices } from '../ecs-services.ts';
import { createFunctions } from '../functions.ts';
import { createLeaseRenewals, type LeaseTable } from '../lease-renewals.ts';
import { createLogProgress } from '../log-progress.ts';
import { absentPorts } from './absent-ports.ts';
import { createFunctionProber } from './function-prober.ts';
import { createNotesStore } from './notes-store.ts';
import type { PortOptions } from './port-options.ts';

/** What observing a recovery reaches of AWS: whatever is looked at. No fault is in place, so nothing of FIS. */
export function createRecoverPorts(options: PortOptions): RunPorts {
  const { input, clients, clock, table, bucket } = options;
  const { alarmReader, cloudWatch, dynamo, ecs, lambda, s3, secretsManager, sfn, ssm } = clients;
  return {
    ...absentPorts,
    clock,
    store: createNotesStore({ s3, bucket }),
    progress: createLogProgress(options.log),
    prober: createFunctionProber({
      input,
      clock,
      cloudWatch,
      lambda,
      secretsManager,
      ssm,
      prober: options.prober,
    }),
    metrics: createCloudWatchMetrics({ cloudWatch, metrics: input.metrics }),
    ecsServices: createEcsServices({ ecs, services: input.ecsServices ?? {} }),
    functions: createFunctions({ lambda, clock, functions: input.functions }),
    guards: createCloudWatchGuards({ cloudWatch, alarmReader, guards: input.guards }),
    leases: createLeases({ dynamo, table, clock }),
    traffic: createAwsTraffic({ lambda, sfn, clock, input }),
    halts: createDynamoHalts({ dynamo, table, clock }),
  };
}

function createLeases(options: LeaseTable): Leases {
  const renewals = createLeaseRenewals(options);
  return { ...absentPorts.leases, renew: renewals.renew };
}
