import { approvalPartition, gameDayApprovalPartition } from '../../plan/table-partitions.ts';
import type { FaultInjector, RunPorts } from '../../run/ports.ts';
import { createAwsNotifier } from '../aws-notifier.ts';
import { createAwsTraffic } from '../aws-traffic.ts';
import { createCloudWatchGuards } from '../cloudwatch-guards.ts';
import { createDynamoApprovals } from '../dynamo-approvals.ts';
import { createDynamoHalts } from '../dynamo-halts.ts';
import { createDynamoLeases } from '../dynamo-leases.ts';
import { createDynamoLiveRuns } from '../dynamo-live-runs.ts';
import { createDynamoPauses } from '../dynamo-pauses.ts';
import { createFisCapacity } from '../fis-capacity.ts';
import { createFaultPreviews, type FaultPreviewOptions } from '../fis-faults/fault-previews.ts';
import { createFreezes } from '../freezes.ts';
import { createInventory } from '../inventory.ts';
import { createLogProgress } from '../log-progress.ts';
import { createAwsPrerequisites } from '../prerequisites/aws-prerequisites.ts';
import { createAwsResidue } from '../residue/aws-residue.ts';
import { createSafetyLever } from '../safety-lever.ts';
import { createSsmListings } from '../ssm-listings.ts';
import { absentPorts } from './absent-ports.ts';
import { createNotesStore } from './notes-store.ts';
import type { PortOptions } from './port-options.ts';

/** What admission reaches of AWS: whatever may speak against a run, and whoever may allow it. */
export function createAdmitPorts(options: PortOptions): RunPorts {
  const { input, clients, clock, table, bucket, topicArn } = options;
  const { alarmReader, cloudWatch, dynamo, ec2, ecs, eventBridge, fis, lambda, lambdaReads } = clients;
  const { s3, sfn, sns, ssm, tagging } = clients;
  return {
    ...absentPorts,
    clock,
    store: createNotesStore({ s3, bucket }),
    progress: createLogProgress(options.log),
    faults: createFaults({ fis, clock, input }),
    inventory: createInventory({ tagging, ecs, selects: input.selects }),
    prerequisites: createAwsPrerequisites({ ecs, lambda: lambdaReads, ssm, tag: input.environment.tag }),
    guards: createCloudWatchGuards({ cloudWatch, alarmReader, guards: input.guards }),
    leases: createDynamoLeases({ dynamo, table, clock, places: input.limits.runs }),
    liveRuns: createDynamoLiveRuns({ dynamo, table, clock, by: 'the runner' }),
    residue: createAwsResidue({ ec2, ecs }),
    traffic: createAwsTraffic({ lambda, sfn, clock, input }),
    notifier: createAwsNotifier({ sns, eventBridge, topicArn }),
    halts: createDynamoHalts({ dynamo, table, clock }),
    listings: createSsmListings({ ssm, environment: input.environment.id }),
    freezes: createFreezes({ ssm, freezes: input.freezes ?? [] }),
    incidents: createCloudWatchGuards({
      cloudWatch,
      alarmReader,
      guards: Object.fromEntries((input.incidentAlarms ?? []).map((one) => [one.alarm, one])),
    }),
    safetyLever: createSafetyLever({ fis }),
    pauses: createDynamoPauses({ dynamo, table }),
    capacity: createFisCapacity({ fis }),
    approvals: createDynamoApprovals({
      dynamo,
      table,
      clock,
      partition: input.gameDay === undefined ? approvalPartition : gameDayApprovalPartition,
    }),
  };
}

function createFaults(options: FaultPreviewOptions): FaultInjector {
  const previews = createFaultPreviews(options);
  return { ...absentPorts.faults, preview: previews.preview, stop: previews.stop };
}
