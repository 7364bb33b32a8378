import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Clock, Leases } from '../run/ports.ts';
import { isNamed } from './aws-error.ts';
import { isPlace, leasePartition, placeLeaseKey, serviceLeaseKey } from './table-keys.ts';

const leaseSchema = z.object({ sk: z.string(), runId: z.string(), untilMs: z.number() });

type Lease = z.output<typeof leaseSchema>;
type Key = ReturnType<typeof placeLeaseKey>;

/** An ended lease stays readable for a day, for whoever asks who held it. */
const keptSeconds = 86_400;

/** How long to step aside for another transaction, longer each time. */
const conflictMs = 50;

const cancelledSchema = z.object({ CancellationReasons: z.array(z.object({ Code: z.string().optional() })) });

/** Whether a cancelled transaction was so because a lease is another run's. */
const failedCondition = (thrown: Error): boolean =>
  cancelledSchema
    .safeParse(thrown)
    .data?.CancellationReasons.some(({ Code }) => Code === 'ConditionalCheckFailed') === true;

/** Others may take the same place between our look and our write; then we look again, this often. */
const attempts = 5;

/**
 * Leases as items of the table, one on each service and one on a place among the environment's runs at once, all taken in one
 * transaction. A lease is its run's until it expires and another takes it: each write is conditional on that.
 */
export function createDynamoLeases(options: {
  readonly dynamo: DynamoDBDocumentClient;
  readonly table: string;
  readonly clock: Clock;
  /** Runs at once in this environment. */
  readonly places: number;
}): Leases {
  const { dynamo, table, clock, places } = options;

  const leases = async (): Promise<Lease[]> => {
    const found: Lease[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const page = await dynamo.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': leasePartition },
          ConsistentRead: true,
          ExclusiveStartKey: start,
        }),
      );
      found.push(...z.array(leaseSchema).parse(page.Items ?? []));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return found;
  };

  const write = async (
    runId: string,
    keys: readonly Key[],
    untilMs: number,
    condition: string,
  ): Promise<boolean> => {
    const values = { ':run': runId, ...(condition.includes(':now') ? { ':now': clock.now() } : {}) };
    const item = { runId, untilMs, expiresAt: Math.ceil(untilMs / 1_000) + keptSeconds };
    const puts = keys.map((key) => ({
      Put: {
        TableName: table,
        Item: { ...key, ...item },
        ConditionExpression: condition,
        ExpressionAttributeValues: values,
      },
    }));
    for (let attempt = 1; ; attempt += 1) {
      try {
        await dynamo.send(new TransactWriteCommand({ TransactItems: puts }));
        return true;
      } catch (thrown) {
        if (!isNamed(thrown, 'TransactionCanceledException')) throw thrown;
        if (failedCondition(thrown)) return false;
        // Another transaction was in the way, which says nothing about whose the lease is.
        if (attempt >= attempts) throw thrown;
        await clock.sleep(attempt * conflictMs);
      }
    }
  };

  const servicesOf = (services: readonly string[]) => [...new Set(services)].map(serviceLeaseKey);
  const placeKeys = Array.from({ length: places }, (_, place) => placeLeaseKey(place));
  const ownPlace = (runId: string, all: readonly Lease[]): Key | undefined => {
    const own = all.find((lease) => lease.runId === runId && isPlace(lease.sk));
    return own && { pk: leasePartition, sk: own.sk };
  };

  return {
    acquire: async (runId, services, untilMs) => {
      let by = 'another run';
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const all = await leases();
        const others = all.filter((lease) => lease.runId !== runId && lease.untilMs >= clock.now());
        const wanted = servicesOf(services);
        const holder = others.find((lease) => wanted.some((key) => key.sk === lease.sk));
        if (holder !== undefined) return { held: false, by: holder.runId };
        const free = placeKeys.find((key) => !others.some((lease) => lease.sk === key.sk));
        const place = ownPlace(runId, all) ?? free;
        by = [...new Set(others.map((lease) => lease.runId))].join(', ') || by;
        if (place === undefined) return { held: false, by };
        const taken = await write(
          runId,
          [...wanted, place],
          untilMs,
          'attribute_not_exists(pk) OR untilMs < :now OR runId = :run',
        );
        if (taken) return { held: true };
      }
      return { held: false, by };
    },

    renew: async (runId, services, untilMs) => {
      const place = ownPlace(runId, await leases());
      return (
        place !== undefined && (await write(runId, [...servicesOf(services), place], untilMs, 'runId = :run'))
      );
    },

    release: async (runId, services) => {
      const place = ownPlace(runId, await leases());
      for (const key of [...servicesOf(services), ...(place === undefined ? [] : [place])]) {
        try {
          await dynamo.send(
            new DeleteCommand({
              TableName: table,
              Key: key,
              ConditionExpression: 'runId = :run',
              ExpressionAttributeValues: { ':run': runId },
            }),
          );
        } catch (thrown) {
          // Another run's by now, or gone: not ours to take away.
          if (!isNamed(thrown, 'ConditionalCheckFailedException')) throw thrown;
        }
      }
    },
  };
}
