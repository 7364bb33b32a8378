import { PublishCommand } from '@aws-sdk/client-sns';
import type { DispatchPorts } from '../../campaign/dispatch/dispatch-ports.ts';
import type { Clock } from '../../run/ports.ts';
import { createDynamoHalts } from '../dynamo-halts.ts';
import { topicMessage } from '../topic-message.ts';
import { createCampaignPlans } from './campaign-plans.ts';
import { createCampaignProgress } from './campaign-progress.ts';
import type { DispatchClients } from './dispatch-clients.ts';
import { createLaunchers } from './launchers.ts';
import { createOtherParts } from './other-parts.ts';
import { createPartWords } from './part-words.ts';

/** Everything that a dispatcher reaches of AWS. */
export function createDispatchPorts(options: {
  readonly clients: DispatchClients;
  readonly clock: Clock;
  readonly table: string;
  readonly bucket: string;
  readonly topicArn: string;
  readonly account: string;
  readonly region: string;
}): DispatchPorts {
  const { clients, clock, table, bucket, topicArn, account, region } = options;
  const { dynamo, s3, sfn, sns, eventBridgeIn } = clients;
  return {
    clock,
    plans: createCampaignPlans({ s3, bucket }),
    progress: createCampaignProgress({ dynamo, table }),
    words: createPartWords({ dynamo, table }),
    others: createOtherParts(eventBridgeIn),
    people: {
      stopped: async ({ campaign, ...said }) => {
        const attributes = { campaign: 'stopped', campaignId: campaign };
        const message = { ...said, thread: campaign, kind: 'Steadfast campaign', attributes };
        await sns.send(new PublishCommand(topicMessage(topicArn, message)));
      },
    },
    launchers: createLaunchers({ sfn, s3, account, region }),
    halts: createDynamoHalts({ dynamo, table, clock }),
  };
}
