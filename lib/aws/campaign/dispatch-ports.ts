import type { DispatchPorts } from '../../campaign/dispatch/dispatch-ports.ts';
import type { Clock } from '../../run/ports.ts';
import { createDynamoHalts } from '../dynamo-halts.ts';
import { createCampaignPlans } from './campaign-plans.ts';
import { createCampaignProgress } from './campaign-progress.ts';
import type { DispatchClients } from './dispatch-clients.ts';
import { createLaunchers } from './launchers.ts';

/** Everything that a dispatcher reaches of AWS. */
export function createDispatchPorts(options: {
  readonly clients: DispatchClients;
  readonly clock: Clock;
  readonly table: string;
  readonly bucket: string;
  readonly account: string;
  readonly region: string;
}): DispatchPorts {
  const { clients, clock, table, bucket, account, region } = options;
  const { dynamo, s3, sfn } = clients;
  return {
    clock,
    plans: createCampaignPlans({ s3, bucket }),
    progress: createCampaignProgress({ dynamo, table }),
    launchers: createLaunchers({ sfn, s3, account, region }),
    halts: createDynamoHalts({ dynamo, table, clock }),
  };
}
