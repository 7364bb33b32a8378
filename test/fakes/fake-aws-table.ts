import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  DeleteCommand,
  type DeleteCommandInput,
  DynamoDBDocumentClient,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';

type Item = Record<string, unknown>;

interface Condition {
  readonly ConditionExpression?: string | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
}

const keyOf = (item: Item | undefined) => `${String(item?.['pk'])} ${String(item?.['sk'])}`;

/** One term of a condition: `attribute_not_exists(a)`, `a = :v` or `a < :v`. */
function holds(term: string, item: Item | undefined, values: Item): boolean {
  const [, absent] = /^attribute_not_exists\((\w+)\)$/.exec(term) ?? [];
  if (absent !== undefined) return item?.[absent] === undefined;
  const [, name, operator, value] = /^(\w+) (=|<) (:\w+)$/.exec(term) ?? [];
  if (name === undefined || value === undefined)
    throw new Error(`the fake table does not know the condition '${term}'`);
  const [left, right] = [item?.[name], values[value]];
  if (operator === '=') return left === right;
  return typeof left === 'number' && typeof right === 'number' && left < right;
}

const allowed = (
  { ConditionExpression: text, ExpressionAttributeValues: values = {} }: Condition,
  item: Item | undefined,
) =>
  text === undefined ||
  text.split(' OR ').some((either) => either.split(' AND ').every((term) => holds(term, item, values)));

/** A DynamoDB table with keys `pk` and `sk` behind a mocked document client: conditions and transactions are kept. */
export function createFakeTable(options: { readonly pageSize?: number } = {}) {
  const { pageSize = 2 } = options;
  const items = new Map<string, Item>();
  const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
  const mock = mockClient(dynamo);
  const cancelled = () =>
    new TransactionCanceledException({
      message: 'a condition failed',
      $metadata: {},
      CancellationReasons: [{ Code: 'ConditionalCheckFailed' }],
    });

  mock.on(PutCommand).callsFake((input: PutCommandInput) => {
    items.set(keyOf(input.Item), { ...input.Item });
    return {};
  });
  mock.on(DeleteCommand).callsFake((input: DeleteCommandInput) => {
    const key = keyOf(input.Key);
    if (!allowed(input, items.get(key)))
      throw new ConditionalCheckFailedException({ message: 'not so', $metadata: {} });
    items.delete(key);
    return {};
  });
  mock.on(TransactWriteCommand).callsFake((input: TransactWriteCommandInput) => {
    const puts = (input.TransactItems ?? []).map(({ Put }) => Put);
    if (puts.some((put) => put === undefined || !allowed(put, items.get(keyOf(put.Item))))) throw cancelled();
    for (const put of puts) items.set(keyOf(put?.Item), { ...put?.Item });
    return {};
  });
  mock.on(QueryCommand).callsFake((input: QueryCommandInput) => {
    const all = [...items.values()].filter((item) => item['pk'] === input.ExpressionAttributeValues?.[':pk']);
    const from = Number(input.ExclusiveStartKey?.['index'] ?? 0);
    const end = from + pageSize;
    return { Items: all.slice(from, end), ...(end < all.length ? { LastEvaluatedKey: { index: end } } : {}) };
  });
  mock.on(BatchGetCommand).callsFake((input: BatchGetCommandInput) => {
    const found = Object.entries(input.RequestItems ?? {}).map(([table, { Keys = [] }]) => {
      const present = Keys.map((key: Item) => items.get(keyOf(key))).filter((item) => item !== undefined);
      return [table, present] as const;
    });
    return { Responses: Object.fromEntries(found) };
  });

  return {
    dynamo,
    mock,
    items,
    put: (item: Item) => items.set(keyOf(item), item),
  };
}
