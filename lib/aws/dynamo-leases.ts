import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { Leases } from '../run/ports.ts';
import { isNamed } from './aws-error.ts';
import {
  createLeaseRenewals,
  type Key,
  type Lease,
  type LeaseTable,
  leasePuts,
  ownPlace,
  readLeases,
  servicesOf,
} from './lease-renewals.ts';
import { leasePartition, leaseTokenKey, placeLeaseKey } from './table-keys.ts';
import { transact } from './transact.ts';

/** Others may take a lease between our look and our write; then we look again, this often. */
const attempts = 8;

/**
 * Leases as items of the table, one on each service and one on a place among the environment's runs at once, all taken in one
 * transaction that raises the token. A lease is its run's until it expires and another takes it: each write is conditional on that.
 */
export function createDynamoLeases(
  options: LeaseTable & {
    /** Runs at once in this environment. */
    readonly places: number;
  },
): Leases {
  const { dynamo, table, clock, places } = options;

  /** The token and the leases change together, so that of two who saw the same only one takes any. */
  const take = (lease: { runId: string; token: number; untilMs: number }, keys: readonly Key[]) =>
    transact({ dynamo, clock }, [
      {
        Update: {
          TableName: table,
          Key: leaseTokenKey,
          UpdateExpression: 'SET #token = :token',
          ConditionExpression: 'attribute_not_exists(#token) OR #token = :before',
          ExpressionAttributeNames: { '#token': 'token' },
          ExpressionAttributeValues: { ':token': lease.token, ':before': lease.token - 1 },
        },
      },
      ...leasePuts(options, lease, keys, 'attribute_not_exists(pk) OR untilMs < :now OR runId = :run', {
        ':run': lease.runId,
        ':now': clock.now(),
      }),
    ]);

  const placeKeys = Array.from({ length: places }, (_, place) => placeLeaseKey(place));
  /** The place that a run would take; else who stands in its way. */
  const placeFor = (
    runId: string,
    wanted: readonly Key[],
    leases: readonly Lease[],
  ): { readonly place: Key } | { readonly by: string } => {
    const others = leases.filter((lease) => lease.runId !== runId && lease.untilMs >= clock.now());
    const holder = others.find((lease) => wanted.some((key) => key.sk === lease.sk));
    if (holder !== undefined) return { by: holder.runId };
    const free = placeKeys.find((key) => !others.some((lease) => lease.sk === key.sk));
    const place = ownPlace(runId, leases) ?? free;
    return place === undefined
      ? { by: [...new Set(others.map((lease) => lease.runId))].join(', ') }
      : { place };
  };
  const tokenHeld = (runId: string, all: readonly Lease[], keys: readonly Key[]): number | undefined => {
    const own = all.filter((lease) => lease.runId === runId);
    const token = own[0]?.token;
    const isWhole =
      ownPlace(runId, own) !== undefined &&
      keys.every(({ sk }) => own.some((lease) => lease.sk === sk && lease.token === token));
    return isWhole ? token : undefined;
  };

  const { renew } = createLeaseRenewals(options);

  return {
    acquire: async (runId, services, untilMs) => {
      const wanted = servicesOf(services);
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const { leases, lastToken } = await readLeases(options);
        const token = tokenHeld(runId, leases, wanted);
        if (token !== undefined && (await renew({ runId, services, token }, untilMs)))
          return { held: true, token };
        const found = placeFor(runId, wanted, leases);
        if ('by' in found) return { held: false, by: found.by };
        const lease = { runId, token: lastToken + 1, untilMs };
        if ((await take(lease, [...wanted, found.place])).length === 0)
          return { held: true, token: lease.token };
      }
      return { held: false, by: 'another run' };
    },

    inTheWay: async (runId, services) => {
      const found = placeFor(runId, servicesOf(services), (await readLeases(options)).leases);
      return 'by' in found ? found.by : undefined;
    },

    renew,

    release: async (runId) => {
      const { leases } = await readLeases(options);
      for (const { sk } of leases.filter((lease) => lease.runId === runId)) {
        try {
          await dynamo.send(
            new DeleteCommand({
              TableName: table,
              Key: { pk: leasePartition, sk },
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
