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
  GetCommand,
  type GetCommandInput,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { holds, type Item, type Placeholders, updated } from './table-expressions.ts';

const keyOf = (item: Item | undefined) => `${String(item?.['pk'])} ${String(item?.['sk'])}`;

/** One write: whether it may be done, and the item after it (none where it is taken away). */
interface Write extends Placeholders {
  readonly key: string;
  readonly condition: string | undefined;
  readonly after: (item: Item | undefined) => Item | undefined;
}

type Asked<T> = Pick<T, Extract<keyof T, keyof Placeholders | 'ConditionExpression'>>;

const base = (input: Asked<PutCommandInput>, key: string) => ({
  key,
  condition: input.ConditionExpression,
  ExpressionAttributeNames: input.ExpressionAttributeNames,
  ExpressionAttributeValues: input.ExpressionAttributeValues,
});

const putOf = (input: Pick<PutCommandInput, 'Item'> & Asked<PutCommandInput>): Write => ({
  ...base(input, keyOf(input.Item)),
  after: () => ({ ...input.Item }),
});

const deletionOf = (input: Pick<DeleteCommandInput, 'Key'> & Asked<DeleteCommandInput>): Write => ({
  ...base(input, keyOf(input.Key)),
  after: () => undefined,
});

const updateOf = (
  input: Pick<UpdateCommandInput, 'Key' | 'UpdateExpression'> & Asked<UpdateCommandInput>,
): Write => ({
  ...base(input, keyOf(input.Key)),
  after: (item) => updated(input.UpdateExpression ?? '', item ?? { ...input.Key }, input),
});

function writeOf(item: NonNullable<TransactWriteCommandInput['TransactItems']>[number]): Write {
  if (item.Put !== undefined) return putOf(item.Put);
  if (item.Delete !== undefined) return deletionOf(item.Delete);
  if (item.Update !== undefined) return updateOf(item.Update);
  const { ConditionCheck: check } = item;
  if (check === undefined) throw new Error('a transaction has an item without a write');
  return { ...base(check, keyOf(check.Key)), after: (now) => now };
}

/** A DynamoDB table with keys `pk` and `sk` behind a mocked document client: conditions, updates and transactions are kept. */
export function createFakeTable(options: { readonly pageSize?: number } = {}) {
  const { pageSize = 2 } = options;
  const items = new Map<string, Item>();
  const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
  const mock = mockClient(dynamo);

  const isAllowed = (write: Write) => holds(write.condition, items.get(write.key), write);
  const carryOut = (write: Write): Item | undefined => {
    const after = write.after(items.get(write.key));
    if (after === undefined) items.delete(write.key);
    else items.set(write.key, after);
    return after;
  };
  const single = (write: Write): Item | undefined => {
    if (!isAllowed(write)) throw new ConditionalCheckFailedException({ message: 'not so', $metadata: {} });
    return carryOut(write);
  };

  mock.on(PutCommand).callsFake((input: PutCommandInput) => {
    single(putOf(input));
    return {};
  });
  mock.on(DeleteCommand).callsFake((input: DeleteCommandInput) => {
    const before = items.get(keyOf(input.Key));
    single(deletionOf(input));
    return input.ReturnValues === 'ALL_OLD' && before !== undefined ? { Attributes: before } : {};
  });
  mock.on(UpdateCommand).callsFake((input: UpdateCommandInput) => {
    const after = single(updateOf(input));
    return input.ReturnValues === 'ALL_NEW' ? { Attributes: after } : {};
  });
  mock.on(TransactWriteCommand).callsFake((input: TransactWriteCommandInput) => {
    const writes = (input.TransactItems ?? []).map(writeOf);
    const reasons = writes.map((write) => ({ Code: isAllowed(write) ? 'None' : 'ConditionalCheckFailed' }));
    if (reasons.some(({ Code }) => Code !== 'None')) {
      throw new TransactionCanceledException({
        message: 'a condition failed',
        $metadata: {},
        CancellationReasons: reasons,
      });
    }
    for (const write of writes) carryOut(write);
    return {};
  });
  mock.on(GetCommand).callsFake((input: GetCommandInput) => {
    const item = items.get(keyOf(input.Key));
    return item === undefined ? {} : { Item: item };
  });
  mock.on(QueryCommand).callsFake((input: QueryCommandInput) => {
    const all = [...items.values()]
      .filter((item) => holds(input.KeyConditionExpression, item, input))
      .toSorted((a, b) => (String(a['sk']) < String(b['sk']) ? -1 : 1));
    if (input.ScanIndexForward === false) all.reverse();
    const from = Number(input.ExclusiveStartKey?.['index'] ?? 0);
    const end = from + Math.min(pageSize, input.Limit ?? pageSize);
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
