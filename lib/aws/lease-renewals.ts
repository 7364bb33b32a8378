import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Clock, Leases } from '../run/ports.ts';
import { itemsOf } from './items-of.ts';
import { isPlace, leasePartition, leaseTokenKey, type placeLeaseKey, serviceLeaseKey } from './table-keys.ts';
import { transact } from './transact.ts';

const leaseSchema = z.object({ sk: z.string(), runId: z.string(), untilMs: z.number(), token: z.number() });
const tokenSchema = z.object({ sk: z.literal(leaseTokenKey.sk), token: z.number() });

export type Lease = z.output<typeof leaseSchema>;
export type Key = ReturnType<typeof placeLeaseKey>;

/** An ended lease stays readable for a day, for whoever asks who held it. */
const keptSeconds = 86_400;

export interface LeaseTable {
  readonly dynamo: DynamoDBDocumentClient;
  readonly table: string;
  readonly clock: Clock;
}

/** All leases of the environment, ended ones too, and the last token that was given. */
export async function readLeases(options: LeaseTable): Promise<{ leases: Lease[]; lastToken: number }> {
  const items = await itemsOf(options, leasePartition);
  const token = items.flatMap((item) => tokenSchema.safeParse(item).data?.token ?? []);
  return {
    leases: items.flatMap((item) => (tokenSchema.safeParse(item).success ? [] : leaseSchema.parse(item))),
    lastToken: token[0] ?? 0,
  };
}

/** Writes of leases, each under a condition. */
export const leasePuts = (
  { table }: Pick<LeaseTable, 'table'>,
  lease: { runId: string; token: number; untilMs: number },
  keys: readonly Key[],
  condition: string,
  values: Readonly<Record<string, unknown>>,
) =>
  keys.map((key) => ({
    Put: {
      TableName: table,
      Item: { ...key, ...lease, expiresAt: Math.ceil(lease.untilMs / 1_000) + keptSeconds },
      ConditionExpression: condition,
      ExpressionAttributeValues: values,
    },
  }));

export const servicesOf = (services: readonly string[]) => [...new Set(services)].map(serviceLeaseKey);

export const ownPlace = (runId: string, all: readonly Lease[]): Key | undefined => {
  const own = all.find((lease) => lease.runId === runId && isPlace(lease.sk));
  return own && { pk: leasePartition, sk: own.sk };
};

/** Renews the leases of a run that still has them. Apart from taking and releasing them, which few functions do. */
export function createLeaseRenewals(options: LeaseTable): Pick<Leases, 'renew'> {
  const renew: Leases['renew'] = async ({ runId, services, token }, untilMs) => {
    const place = ownPlace(runId, (await readLeases(options)).leases);
    if (place === undefined) return false;
    const lost = await transact(
      options,
      leasePuts(
        options,
        { runId, token, untilMs },
        [...servicesOf(services), place],
        'runId = :run AND #token = :token',
        {
          ':run': runId,
          ':token': token,
        },
      ).map(({ Put }) => ({ Put: { ...Put, ExpressionAttributeNames: { '#token': 'token' } } })),
    );
    return lost.length === 0;
  };

  return { renew };
}
