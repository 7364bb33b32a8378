import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { DispatchPorts } from '../../campaign/dispatch/dispatch-ports.ts';
import { partWordEvent } from '../../campaign/dispatch/part-word.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { environmentNames } from '../../plan/environment-names.ts';

/** The dispatchers of a campaign's other parts, each by the bus of its environment: named by its ARN, and asked in its own Region. */
export const createOtherParts = (
  eventBridgeIn: (region: string) => EventBridgeClient,
): DispatchPorts['others'] => ({
  tell: async ({ dispatcher, account, region }, word) => {
    const { campaignBusArn } = environmentNames({ id: dispatcher, account, region });
    const { FailedEntryCount, Entries } = await eventBridgeIn(region).send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: campaignBusArn,
            Source: partWordEvent.sourceOf(word),
            DetailType: partWordEvent.detailType,
            Detail: JSON.stringify(word),
          },
        ],
      }),
    );
    if ((FailedEntryCount ?? 0) === 0) return;
    const { ErrorCode = 'no code', ErrorMessage = 'no reason given' } = Entries?.[0] ?? {};
    throw new SteadfastError('internal', `${campaignBusArn} did not take it: ${ErrorCode}, ${ErrorMessage}`);
  },
});
