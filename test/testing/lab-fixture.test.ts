import { labFixture, type TestLab } from 'steadfast-chaos/testing';
import { test as base, expect } from 'vitest';

const test = base.extend<{ $file: { shop: TestLab } }>({ shop: labFixture('uncached-shop') });

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('a fixture is a lab that runs, until it is stopped', async ({ shop }) => {
  expect((await shop.fetch('shop', '/products')).status).toBe(200);
  expect(shop.links).toMatchObject([{ from: 'shop-1', to: 'stock', toxics: 0 }]);
  expect(Object.keys(shop.urls)).toEqual(['shop', 'stock', 'control']);
  const pids = shop.replicas.map(({ pid }) => pid);
  expect(pids.map(isRunning)).toEqual([true, true, true]);
  await shop.stop();
  expect(pids.map(isRunning)).toEqual([false, false, false]);
  const slow = { toxic: 'latency', attributes: { latency: 10 }, from: 'shop', to: 'stock' };
  await expect(shop.inject(slow)).rejects.toThrow('the lab has been stopped');
});
