import { type DynamoDBDocumentClient, GetCommand, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { PartWords } from '../../campaign/dispatch/dispatch-ports.ts';
import { type HeardWord, heardWordSchema, mergedWords } from '../../campaign/dispatch/part-word.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { isNamed } from '../aws-error.ts';
import { campaignPartition, campaignPartKey, campaignPartPrefix } from '../table-keys.ts';

/** Others write the same item as often as a word comes twice at once: rarely more than two. */
const mostTries = 8;

/** A word may come long before the part that it is for begins: a quarter is planned ahead (lib/cli/commands/campaign-plan.ts), twice. */
const keptSeconds = 184 * 24 * 3_600;

/** What other parts of campaigns have told, as items of the table: one for each part. */
export function createPartWords({
  dynamo,
  table,
}: {
  readonly dynamo: DynamoDBDocumentClient;
  readonly table: string;
}): PartWords {
  const read = async (Key: ReturnType<typeof campaignPartKey>) => {
    const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item === undefined
      ? undefined
      : { word: heardWordSchema.parse(Item), version: Number(Item['version']) };
  };

  /** False where somebody else has written it since it was read. */
  const write = async (word: HeardWord, before: number | undefined): Promise<boolean> => {
    const version = (before ?? 0) + 1;
    const expiresAt = Math.floor(Date.parse(word.heardAt) / 1_000) + keptSeconds;
    const condition =
      before === undefined
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'version = :before',
            ExpressionAttributeValues: { ':before': before },
          };
    const Item = { ...campaignPartKey(word.campaign, word), ...word, version, expiresAt };
    try {
      await dynamo.send(new PutCommand({ TableName: table, Item, ...condition }));
      return true;
    } catch (thrown) {
      if (isNamed(thrown, 'ConditionalCheckFailedException')) return false;
      throw thrown;
    }
  };

  return {
    heard: async (campaign) => {
      const words: HeardWord[] = [];
      const pages = paginateQuery(
        { client: dynamo },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :part)',
          ExpressionAttributeValues: { ':pk': campaignPartition(campaign), ':part': campaignPartPrefix },
          ConsistentRead: true,
        },
      );
      for await (const { Items = [] } of pages)
        for (const item of Items) words.push(heardWordSchema.parse(item));
      return words;
    },
    keep: async (word) => {
      const key = campaignPartKey(word.campaign, word);
      for (let left = mostTries; left > 0; left -= 1) {
        const before = await read(key);
        const merged = before === undefined ? word : mergedWords(before.word, word);
        if (await write(merged, before?.version)) return;
      }
      throw new SteadfastError(
        'internal',
        `the word of ${key.sk} could not be kept: others write it at once`,
      );
    },
  };
}
