import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { CampaignProgress, Telling } from '../../campaign/dispatch/dispatch-ports.ts';
import { isNamed } from '../aws-error.ts';
import { campaignToldKey } from '../table-keys.ts';

const claimSchema = z.object({ told: z.boolean() });

/** Who tells people that a campaign is stopped or cut off, as an item of the table: steps may be delivered twice, and their functions may die. */
export function createTellingClaims({
  dynamo,
  table,
}: {
  readonly dynamo: DynamoDBDocumentClient;
  readonly table: string;
}): Pick<CampaignProgress, 'claimTelling' | 'giveUpTelling' | 'markTold'> {
  const write = async (telling: Telling, told: boolean, sinceMs: number): Promise<void> => {
    await dynamo.send(
      new PutCommand({ TableName: table, Item: { ...campaignToldKey(telling), told, sinceMs } }),
    );
  };

  return {
    claimTelling: async (telling, { nowMs, expiredMs }) => {
      const Key = campaignToldKey(telling);
      try {
        await dynamo.send(
          new PutCommand({
            TableName: table,
            Item: { ...Key, told: false, sinceMs: nowMs },
            ConditionExpression: 'attribute_not_exists(pk) OR told = :no AND sinceMs <= :expired',
            ExpressionAttributeValues: { ':no': false, ':expired': expiredMs },
          }),
        );
        return 'mine';
      } catch (thrown) {
        if (!isNamed(thrown, 'ConditionalCheckFailedException')) throw thrown;
      }
      const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      return Item !== undefined && claimSchema.parse(Item).told ? 'told' : 'taken';
    },
    giveUpTelling: (telling) => write(telling, false, 0),
    markTold: (telling, nowMs) => write(telling, true, nowMs),
  };
}
