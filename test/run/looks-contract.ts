import { describe, expect, it } from 'vitest';
import type {
  EcsHealth,
  EcsServiceState,
  EcsServices,
  Functions,
  MetricSource,
} from '../../lib/run/ports.ts';

/** What a service of the world is like, for whoever makes a source that looks at it. */
export interface ServiceLike {
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly failedTasks: number;
  readonly health: EcsHealth;
}

const shop: ServiceLike = {
  desired: 4,
  running: 2,
  pending: 1,
  failedTasks: 1,
  health: { healthy: 1, unhealthy: 1, unknown: 0 },
};

/** What every source of ECS services must do, the fake and the real ones alike. */
export function itLooksAtEcsServices(
  create: (services: Readonly<Record<string, ServiceLike>>) => Promise<EcsServices>,
): void {
  describe('as every source of ECS services', () => {
    it('counts tasks against those that are wanted', async () => {
      const state: EcsServiceState = await (await create({ shop })).state('shop');
      expect(state).toMatchObject({ desired: 4, running: 2, pending: 1 });
      expect(state.deployments.reduce((sum, { failedTasks }) => sum + failedTasks, 0)).toBe(1);
    });

    it('counts those that are healthy', async () => {
      expect(await (await create({ shop })).health('shop')).toEqual(shop.health);
    });

    it('knows nothing of a service that is not there', async () => {
      const services = await create({ shop });
      await expect(services.state('shp')).rejects.toThrow();
      await expect(services.health('shp')).rejects.toThrow();
    });
  });
}

/** What every source of functions must do. Of those that `create` gives it `echo` answers its payload, `dies` fails, and `hangs` never answers. */
export function itCallsFunctions(create: () => Promise<Functions>): void {
  describe('as every source of functions', () => {
    it('hands on the payload, and gives back the answer as it is', async () => {
      expect(await (await create()).call('echo', '{"value":1.5}', 20_000)).toBe('{"value":1.5}');
    });

    it('says that a function failed, with its words', async () => {
      await expect((await create()).call('dies', '{}', 20_000)).rejects.toThrow(/out of memory/);
    });

    it('waits no longer than it may', async () => {
      await expect((await create()).call('hangs', '{}', 50)).rejects.toThrow(/within 50 ms/);
    });

    it('knows nothing of a function that is not there', async () => {
      await expect((await create()).call('ehco', '{}', 20_000)).rejects.toThrow();
    });
  });
}

const startMs = Date.parse('2026-05-01T12:00:00.000Z');

/** What every source of metrics must do. `create` makes one whose metrics have these values now and since an hour; undefined is no data. */
export function itReadsMetrics(
  create: (values: Readonly<Record<string, number | undefined>>) => MetricSource,
): void {
  describe('as every source of metrics', () => {
    it('gives readings within the stretch that is asked about, the oldest first', async () => {
      const read = await create({ orders: 7 }).read('orders', startMs, startMs + 180_000);
      expect(read.length).toBeGreaterThan(0);
      for (const { atMs, value } of read) {
        expect(value).toBe(7);
        expect(atMs).toBeGreaterThanOrEqual(startMs);
        expect(atMs).toBeLessThan(startMs + 180_000);
      }
      expect(read.map(({ atMs }) => atMs)).toEqual(read.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
    });

    it('gives none of a metric without data, which is no zero', async () => {
      expect(await create({ orders: undefined }).read('orders', startMs, startMs + 180_000)).toEqual([]);
    });
  });
}
