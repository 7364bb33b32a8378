import { type TestFault, useLab, withFault } from 'steadfast-chaos/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

/** A shop that asks its stock for every answer, without a database: it starts at once. */
const shop = useLab('uncached-shop', { beforeAll, afterAll, afterEach });

const toStock = { from: 'shop', to: 'stock' } as const;
const slow: TestFault = { toxic: 'latency', attributes: { latency: 300 }, ...toStock };
const ask = () => shop.fetch('shop', '/products');
const toxics = () => shop.links.map((link) => link.toxics);
const never = () => new Promise<never>(() => undefined);

async function tookMs(body: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await body();
  return performance.now() - startMs;
}

/** A fault that has hit, so that only the body decides. */
const hit = async () => void (await (await ask()).text());

describe('withFault', () => {
  it.each<[string, TestFault]>([
    [
      'a fault of an experiment',
      {
        action: 'aws:ecs:task-network-latency',
        selector: { service: 'shop' },
        parameters: { delay: '300ms', jitter: '0ms', to: ['stock'] },
      },
    ],
    ['a bare toxic', slow],
  ])('has %s on while the body runs, and no longer', async (_what, fault) => {
    const during = await withFault(shop, fault, () => tookMs(hit));
    expect(during).toBeGreaterThanOrEqual(295);
    expect(toxics()).toEqual([0]);
    expect((await ask()).status).toBe(200);
  });

  it('has a fault of processes on as well', async () => {
    const frozen = withFault(shop, { action: 'lab:freeze', selector: { service: 'shop' } }, () =>
      shop.fetch('shop', '/health', { signal: AbortSignal.timeout(200) }),
    );
    await expect(frozen).rejects.toThrow('aborted due to timeout');
    expect((await shop.fetch('shop', '/health')).status).toBe(200);
  });

  it('ends the fault when the body throws, and throws the same', async () => {
    const wrong = new Error('not as expected');
    await expect(withFault(shop, slow, () => Promise.reject(wrong))).rejects.toBe(wrong);
    await expect(
      withFault(shop, slow, () => {
        throw wrong;
      }),
    ).rejects.toBe(wrong);
    expect(toxics()).toEqual([0]);
  });

  it('ends the fault when the signal aborts, though the body does not end', async () => {
    const aborting = new AbortController();
    const reason = new Error('the test timed out');
    const body = ({ signal }: { readonly signal: AbortSignal }) => {
      signal.addEventListener('abort', () => expect(signal.reason).toBe(reason));
      aborting.abort(reason);
      return never();
    };
    await expect(withFault(shop, slow, body, { signal: aborting.signal })).rejects.toBe(reason);
    expect(toxics()).toEqual([0]);
    await expect(withFault(shop, slow, hit, { signal: aborting.signal })).rejects.toBe(reason);
  });

  it('ends a fault that lasts too long, and fails', async () => {
    await expect(withFault(shop, slow, never, { atMost: '50ms' })).rejects.toThrow(
      "the fault was over after 50ms, before the test's body was",
    );
    expect(toxics()).toEqual([0]);
  });

  it('fails where nothing was sent that the fault could act on, unless that may be', async () => {
    const unsent = () => 'seen';
    await expect(withFault(shop, slow, unsent, { biteWithin: '10ms' })).rejects.toThrow(
      /^the fault did not reach its target, .*Likely: nothing .*link from shop to the stock|sent over/,
    );
    expect(await withFault(shop, slow, unsent, { mustBite: false })).toBe('seen');
  });

  it.each(['down', 'http_status'])('waits no longer once %s has kept something back', async (toxic) => {
    const began = performance.now();
    await withFault(shop, { toxic, ...toStock }, hit, { biteWithin: '60s' });
    expect(performance.now() - began).toBeLessThan(50_000);
  });

  it('fails of a fault that could not be undone', async () => {
    const bite = { bit: true, evidence: 'it bit' };
    const end = { how: 'failed', reason: 'shop-1 is gone', bite } as const;
    const ending = Promise.withResolvers<typeof end>();
    const on = {
      ended: ending.promise,
      heldBack: () => true,
      end: () => {
        ending.resolve(end);
        return ending.promise;
      },
      [Symbol.asyncDispose]: async () => undefined,
    };
    const failing = withFault({ inject: async () => on }, slow, () => 'seen', { mustBite: false });
    await expect(failing).rejects.toThrow('the fault could not be carried out: shop-1 is gone');
  });

  it('waits for what comes only after the body', async () => {
    const sentLater = withFault(shop, slow, () => void setTimeout(() => void hit(), 30));
    await expect(sentLater).resolves.toBeUndefined();
  });

  it.each<[string, TestFault, object, RegExp]>([
    [
      'a service that is not there',
      { action: 'lab:freeze', selector: { service: 'shpo' } },
      {},
      /selector\.service: .*shpo/,
    ],
    [
      'a dependency that is not there',
      {
        action: 'aws:ecs:task-network-latency',
        selector: { service: 'shop' },
        parameters: { to: ['nowhere'] },
      },
      {},
      /parameters\.to\.0: .*nowhere/,
    ],
    [
      'a link that is not there',
      { ...slow, to: 'control' },
      {},
      /no link from 'shop' to 'control'\n.*shop to stock/,
    ],
    ['a toxic that is not there', { ...slow, toxic: 'latncy' }, {}, /no toxic 'latncy'\n.*latency/],
    [
      'an attribute that makes no sense',
      { toxic: 'slicer', attributes: { average_size: 0 }, ...toStock },
      {},
      /attributes\.average_size/,
    ],
    [
      'a share of replicas for a toxic',
      slow,
      { share: 'one' },
      /share: a toxic is on the links of all replicas/,
    ],
    ['a toxicity beyond 1', { ...slow, toxicity: 2 }, {}, /2 is no share/],
    ['a time that is none', slow, { atMost: 'soon' }, /atMost: 'soon' is no duration/],
    ['no time to bite', slow, { biteWithin: 'soon' }, /biteWithin: 'soon' is no duration/],
  ])('says what is wrong with %s, and puts nothing in', async (_what, fault, options, message) => {
    await expect(withFault(shop, fault, hit, options)).rejects.toThrow(message);
    expect(toxics()).toEqual([0]);
  });
});

describe('a fault that is just being put in', () => {
  it('is ended with those that are on', async () => {
    const starting = shop.inject({ action: 'lab:freeze', selector: { service: 'shop' } });
    await shop.endFaults();
    expect(await (await starting).ended).toMatchObject({ how: 'ended' });
    expect((await shop.fetch('shop', '/health', { signal: AbortSignal.timeout(5_000) })).status).toBe(200);
  });
});

describe('a fault that a test left on', () => {
  it('is on', async () => {
    await shop.inject(slow);
    expect(toxics()).toEqual([1]);
  });

  it('has been ended after that test', () => {
    expect(toxics()).toEqual([0]);
  });
});
