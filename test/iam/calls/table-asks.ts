import * as z from 'zod';
import { type Ask, type Asks, asking } from './asking.ts';

/** By its partition IAM tells one item from another. */
const onTable = (call: string, TableName: string, partition?: string): Ask => ({
  action: `dynamodb:${call}`,
  on: ['table', { TableName }],
  ...(partition === undefined ? {} : { context: { 'dynamodb:LeadingKeys': [partition] } }),
});

const named = z.looseObject({ TableName: z.string() });
const key = z.looseObject({ pk: z.string() });
const keyed = z.looseObject({ TableName: z.string(), Key: key });
const written = z.looseObject({ TableName: z.string(), Item: key });

const toTable = (call: string) => asking(named, ({ TableName }) => [onTable(call, TableName)]);
const toKey = (call: string) => asking(keyed, ({ TableName, Key }) => [onTable(call, TableName, Key.pk)]);

const inTransaction = z.looseObject({ TableName: z.string(), Key: key.optional(), Item: key.optional() });

/** What IAM is asked for the commands of DynamoDB; of what is only read the partition does not matter. */
export const tableAsks: Readonly<Record<string, Asks>> = {
  BatchGetCommand: asking(z.looseObject({ RequestItems: z.record(z.string(), z.unknown()) }), (input) =>
    Object.keys(input.RequestItems).map((table) => onTable('BatchGetItem', table)),
  ),
  DeleteCommand: toKey('DeleteItem'),
  GetCommand: toTable('GetItem'),
  PutCommand: asking(written, ({ TableName, Item }) => [onTable('PutItem', TableName, Item.pk)]),
  QueryCommand: toTable('Query'),
  UpdateCommand: toKey('UpdateItem'),
  TransactWriteCommand: asking(
    z.looseObject({ TransactItems: z.array(z.record(z.string(), inTransaction)) }),
    ({ TransactItems }) =>
      TransactItems.flatMap((item) =>
        Object.entries(item).map(([kind, { TableName, Key, Item }]) =>
          onTable(
            kind === 'ConditionCheck' ? 'ConditionCheckItem' : `${kind}Item`,
            TableName,
            (Key ?? Item)?.pk,
          ),
        ),
      ),
  ),
};
