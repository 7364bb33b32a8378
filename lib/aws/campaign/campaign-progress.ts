import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  paginateQuery,
} from '@aws-sdk/lib-dynamodb';
import type { CampaignProgress } from '../../campaign/dispatch/dispatch-ports.ts';
import {
  type CampaignStatus,
  campaignStatusSchema,
  type JobProgress,
  jobProgressSchema,
} from '../../campaign/dispatch/dispatch-state.ts';
import { isNamed } from '../aws-error.ts';
import { campaignJobKey, campaignPartition, campaignStatusKey } from '../table-keys.ts';
import { createTellingClaims } from './telling-claims.ts';

/** How far campaigns are, as items of the table of the environment whose dispatcher follows them. */
export function createCampaignProgress(options: {
  readonly dynamo: DynamoDBDocumentClient;
  readonly table: string;
}): CampaignProgress & { status(campaign: string): Promise<CampaignStatus | undefined> } {
  const { dynamo, table } = options;

  /** Only where the condition holds of what is there; tells whether it did. */
  const put = async (
    campaign: string,
    job: JobProgress,
    condition: Pick<
      PutCommandInput,
      'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
    >,
  ): Promise<boolean> => {
    try {
      await dynamo.send(
        new PutCommand({
          TableName: table,
          Item: { ...campaignJobKey(campaign, job.index), ...job },
          ...condition,
        }),
      );
      return true;
    } catch (thrown) {
      if (isNamed(thrown, 'ConditionalCheckFailedException')) return false;
      throw thrown;
    }
  };

  return {
    ...createTellingClaims({ dynamo, table }),
    from: async (campaign, index) => {
      const found: JobProgress[] = [];
      const pages = paginateQuery(
        { client: dynamo },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND sk >= :from',
          ExpressionAttributeValues: {
            ':pk': campaignPartition(campaign),
            ':from': campaignJobKey(campaign, index).sk,
          },
          ConsistentRead: true,
        },
      );
      for await (const { Items = [] } of pages)
        for (const item of Items) if ('index' in item) found.push(jobProgressSchema.parse(item));
      return found;
    },
    start: (campaign, job) =>
      put(campaign, job, {
        ConditionExpression: 'attribute_not_exists(pk) OR attempt < :attempt',
        ExpressionAttributeValues: { ':attempt': job.attempt },
      }),
    settle: (campaign, job) =>
      put(campaign, job, {
        ConditionExpression: 'attempt = :attempt AND #status = :starting',
        // A word of DynamoDB's own.
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':attempt': job.attempt, ':starting': 'starting' },
      }),
    tell: async (campaign, status) => {
      await dynamo.send(
        new PutCommand({ TableName: table, Item: { ...campaignStatusKey(campaign), ...status } }),
      );
    },
    status: async (campaign) => {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: table, Key: campaignStatusKey(campaign), ConsistentRead: true }),
      );
      return Item === undefined ? undefined : campaignStatusSchema.parse(Item);
    },
  };
}
