import type { FaultInjector, Leases, RunPorts } from '../../run/ports.ts';
import { createCloudWatchGuards } from '../cloudwatch-guards.ts';
import { createDynamoHalts } from '../dynamo-halts.ts';
import { createDynamoLiveRuns } from '../dynamo-live-runs.ts';
import { createFaultBites, type FaultBiteOptions } from '../fis-faults/fault-bites.ts';
import { createFaultStarts } from '../fis-faults/fault-starts.ts';
import { createRunningFaults } from '../fis-faults/running-faults.ts';
import { createInventory } from '../inventory.ts';
import { createLeaseRenewals, type LeaseTable } from '../lease-renewals.ts';
import { createLogProgress } from '../log-progress.ts';
import { createS3RunStore } from '../s3-run-store.ts';
import { absentPorts } from './absent-ports.ts';
import type { PortOptions } from './port-options.ts';

/** What starting and ending faults reaches of AWS. */
export function createFaultPorts(options: PortOptions): RunPorts {
  const { input, clients, clock, table, bucket } = options;
  const { alarmReader, cloudWatch, dynamo, ec2, ecs, fis, s3, tagging } = clients;
  return {
    ...absentPorts,
    clock,
    store: createS3RunStore({ s3, bucket }),
    progress: createLogProgress(options.log),
    faults: createFaults({ fis, ec2, ecs, cloudWatch, clock, input }),
    inventory: createInventory({ tagging, ecs, selects: input.selects }),
    guards: createCloudWatchGuards({ cloudWatch, alarmReader, guards: input.guards }),
    leases: createLeases({ dynamo, table, clock }),
    liveRuns: createDynamoLiveRuns({ dynamo, table, clock, by: 'the runner' }),
    halts: createDynamoHalts({ dynamo, table, clock }),
  };
}

function createFaults(options: FaultBiteOptions): FaultInjector {
  const running = createRunningFaults(options);
  const starts = createFaultStarts(options);
  const bites = createFaultBites(options);
  return {
    ...absentPorts.faults,
    pollMs: running.pollMs,
    start: starts.start,
    state: running.state,
    targets: running.targets,
    stop: running.stop,
    active: running.active,
    bite: bites.bite,
  };
}

function createLeases(options: LeaseTable): Leases {
  const renewals = createLeaseRenewals(options);
  return { ...absentPorts.leases, renew: renewals.renew };
}
