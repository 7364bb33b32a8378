import { expect, it } from 'vitest';
import type { Done, Plane, PlaneProxy } from '../../../../lib/lab/proxy/control/plane.ts';
import { tellingPlane } from '../../../../lib/lab/proxy/control/telling-plane.ts';

const toxic = {
  attributes: { latency: 100 },
  name: 'slow',
  type: 'latency',
  stream: 'Upstream',
  toxicity: 1,
};
const proxy: PlaneProxy = {
  name: 'shop',
  listen: '127.0.0.1:1',
  upstream: '127.0.0.1:2',
  enabled: true,
};

/** A plane that does whatever it is asked, on proxies of one name. */
const planeOf = (own?: Plane['own']): Plane => ({
  proxies: async () => [proxy],
  place: async () => 1,
  update: async () => undefined,
  take: async () => undefined,
  ...(own === undefined ? {} : { own }),
});

it('tells what becomes of toxics, those of which it knows the proxy by both names', async () => {
  const told: string[] = [];
  const plane = tellingPlane(planeOf(), (text) => told.push(text));
  const handle = await plane.place('shop', toxic, 30_000);
  await plane.update(handle, { ...toxic, toxicity: 0.5, attributes: {} }, undefined);
  await plane.take(handle);
  // Of what others placed it knows no proxy, and what is gone is gone.
  await plane.update(2, toxic, 0);
  await plane.take(2);
  expect(told).toEqual([
    "shop: 'slow' added, latency upstream: latency 100, for 30s",
    "shop: 'slow' is now latency upstream (toxicity 0.5)",
    "shop: 'slow' removed",
    'slow is now latency upstream: latency 100',
  ]);
  expect(plane.own).toBeUndefined();
});

it('tells what becomes of proxies, and nothing of what was refused or not there', async () => {
  const told: string[] = [];
  const done = (name: string, given: Partial<PlaneProxy> = {}): Done =>
    name === 'shop'
      ? { proxy: { ...proxy, ...given } }
      : { refused: { status: 404, error: 'proxy not found' } };
  const { own } = tellingPlane(
    planeOf({
      open: async ({ name }) => done(name, { ttlMs: 60_000 }),
      change: async (name) => done(name, { enabled: false, ttlMs: 0 }),
      close: async (name) => name === 'shop',
    }),
    (text) => told.push(text),
  );
  for (const name of ['shop', 'mail']) {
    await own?.open({ ...proxy, name });
    await own?.change(name, { enabled: false });
    expect(await own?.close(name)).toBe(name === 'shop');
  }
  expect(told).toEqual([
    'shop: made 127.0.0.1:1 -> 127.0.0.1:2, for 1m',
    'shop: is now 127.0.0.1:1 -> 127.0.0.1:2, disabled',
    'shop: deleted',
  ]);
});
