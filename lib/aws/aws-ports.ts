import type { RunnerInput } from '../plan/runner-input.ts';
import type { Clock, Prober, RunPorts, RunStore } from '../run/ports.ts';
import { createAwsNotifier } from './aws-notifier.ts';
import { createAwsRollbacks } from './aws-rollbacks.ts';
import { createAwsTraffic } from './aws-traffic.ts';
import type { AwsClients } from './clients.ts';
import { createCloudWatchGuards } from './cloudwatch-guards.ts';
import { createCloudWatchMetrics } from './cloudwatch-metrics.ts';
import { createDynamoApprovals } from './dynamo-approvals.ts';
import { createDynamoHalts } from './dynamo-halts.ts';
import { createDynamoLeases } from './dynamo-leases.ts';
import { createDynamoLiveRuns } from './dynamo-live-runs.ts';
import { createDynamoPauses } from './dynamo-pauses.ts';
import { createEcsServices } from './ecs-services.ts';
import { createFisCapacity } from './fis-capacity.ts';
import { createFisFaultInjector } from './fis-fault-injector.ts';
import { createFreezes } from './freezes.ts';
import { createFunctions } from './functions.ts';
import { createInventory } from './inventory.ts';
import { createLogProgress, type Log } from './log-progress.ts';
import { createAwsPrerequisites } from './prerequisites/aws-prerequisites.ts';
import { createAwsResidue } from './residue/aws-residue.ts';
import { createSafetyLever } from './safety-lever.ts';
import { createSsmListings } from './ssm-listings.ts';

/** Everything that a run reaches of AWS. */
export function createAwsPorts(options: {
  readonly input: RunnerInput;
  readonly clients: AwsClients;
  readonly clock: Clock;
  readonly prober: Prober;
  readonly store: RunStore;
  readonly log: Log;
  readonly table: string;
  readonly topicArn: string;
}): RunPorts {
  const { input, clients, clock, prober, store, log, table, topicArn } = options;
  const { cloudWatch, dynamo, ec2, ecs, eventBridge, fis, lambda, lambdaReads, sfn, sns, ssm, tagging } =
    clients;
  return {
    clock,
    prober,
    metrics: createCloudWatchMetrics({ cloudWatch, metrics: input.metrics }),
    ecsServices: createEcsServices({ ecs, services: input.ecsServices ?? {} }),
    functions: createFunctions({ lambda, clock, functions: input.functions }),
    faults: createFisFaultInjector({ fis, ec2, ecs, cloudWatch, clock, input }),
    inventory: createInventory({ tagging, ecs, selects: input.selects }),
    prerequisites: createAwsPrerequisites({ ecs, lambda: lambdaReads, ssm, tag: input.environment.tag }),
    guards: createCloudWatchGuards({ cloudWatch, alarmReader: clients.alarmReader, guards: input.guards }),
    leases: createDynamoLeases({ dynamo, table, clock, places: input.limits.runs }),
    liveRuns: createDynamoLiveRuns({ dynamo, table, clock, by: 'the runner' }),
    store,
    traffic: createAwsTraffic({ lambda, sfn, clock, input }),
    rollbacks: createAwsRollbacks({ lambda, ssm, prober, clock, input }),
    residue: createAwsResidue({ ec2, ecs }),
    notifier: createAwsNotifier({ sns, eventBridge, topicArn }),
    halts: createDynamoHalts({ dynamo, table, clock }),
    freezes: createFreezes({ ssm, freezes: input.freezes ?? [] }),
    incidents: createCloudWatchGuards({
      cloudWatch,
      alarmReader: clients.alarmReader,
      guards: Object.fromEntries((input.incidentAlarms ?? []).map((one) => [one.alarm, one])),
    }),
    safetyLever: createSafetyLever({ fis }),
    pauses: createDynamoPauses({ dynamo, table }),
    capacity: createFisCapacity({ fis }),
    listings: createSsmListings({ ssm, environment: input.environment.id }),
    approvals: createDynamoApprovals({ dynamo, table, clock }),
    progress: createLogProgress(log),
  };
}
