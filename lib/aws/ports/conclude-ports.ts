import type { FaultInjector, RunPorts } from '../../run/ports.ts';
import { createAwsNotifier } from '../aws-notifier.ts';
import { createAwsTraffic } from '../aws-traffic.ts';
import { createDynamoLeases } from '../dynamo-leases.ts';
import { createDynamoLiveRuns } from '../dynamo-live-runs.ts';
import { createRunningFaults, type RunningFaultOptions } from '../fis-faults/running-faults.ts';
import { createLogProgress } from '../log-progress.ts';
import { createAwsResidue } from '../residue/aws-residue.ts';
import { createS3RunStore } from '../s3-run-store.ts';
import { absentPorts } from './absent-ports.ts';
import type { PortOptions } from './port-options.ts';

/** What concluding reaches of AWS: the end of all faults, what they left behind, the record, and whoever is told. */
export function createConcludePorts(options: PortOptions): RunPorts {
  const { input, clients, clock, table, bucket, topicArn } = options;
  const { cloudWatch, dynamo, ec2, ecs, eventBridge, fis, lambda, s3, sfn, sns } = clients;
  return {
    ...absentPorts,
    clock,
    store: createS3RunStore({ s3, bucket }),
    progress: createLogProgress(options.log),
    faults: createFaults({ fis, cloudWatch, clock, input }),
    leases: createDynamoLeases({ dynamo, table, clock, places: input.limits.runs }),
    liveRuns: createDynamoLiveRuns({ dynamo, table, clock, by: 'the runner' }),
    residue: createAwsResidue({ ec2, ecs }),
    traffic: createAwsTraffic({ lambda, sfn, clock, input }),
    notifier: createAwsNotifier({ sns, eventBridge, topicArn }),
  };
}

function createFaults(options: RunningFaultOptions): FaultInjector {
  const running = createRunningFaults(options);
  return { ...absentPorts.faults, active: running.active, stop: running.stop };
}
