/**
 * The items of an environment's table. Keys are `pk` and `sk`; `expiresAt` (seconds since 1970) is its TTL attribute.
 *
 * | item | pk | sk |
 * | --- | --- | --- |
 * | lease on a service | `LEASE` | `SERVICE#<service>` |
 * | one of the places for runs at once | `LEASE` | `PLACE#<number>` |
 * | halt of one run, or of all | `HALT#<runId>`, `HALT#ALL` | `HALT` |
 * | a run, by experiment and start | `EXPERIMENT#<experiment>` | `RUN#<start>#<runId>` |
 */
export const leasePartition = 'LEASE';

export const serviceLeaseKey = (service: string) => ({ pk: leasePartition, sk: `SERVICE#${service}` });

export const placeLeaseKey = (place: number) => ({ pk: leasePartition, sk: `PLACE#${place}` });

export const isPlace = (sk: string) => sk.startsWith('PLACE#');

export const haltKey = (runId: string) => ({ pk: `HALT#${runId}`, sk: 'HALT' });

export const haltAllKey = { pk: 'HALT#ALL', sk: 'HALT' };

export const runIndexKey = (experiment: string, start: string, runId: string) => ({
  pk: `EXPERIMENT#${experiment}`,
  sk: `RUN#${start}#${runId}`,
});
