import '../../lib/testing/jest.ts';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { expect } from 'expect';
import { assertHolds, matchers, type TestFault, useLab, withFault } from '../../lib/testing/index.ts';

/** Tests for `node --test`, with the `expect` of Jest: run as a process of its own by the test of it in test/end-to-end. */

expect.extend(matchers);

const file = join(import.meta.dirname, '..', '..', 'experiments', 'labs', 'uncached-shop.ts');
const shop = useLab(file, { before, after, afterEach });
const ask = () => shop.fetch('shop', '/products');
const slow: TestFault = { toxic: 'latency', attributes: { latency: 200 }, from: 'shop', to: 'stock' };
const quick = { p50: { below: '100ms' } } as const;
const rate = '50/s';

void test('a fault is on', async () => {
  await withFault(shop, slow, async () => {
    await expect(ask).not.toHold(quick, { rate, for: '400ms' });
  });
  await expect(ask).toRecoverWithin('5s', { p50: { below: '1s' } }, { rate });
  await assertHolds(ask, { p50: { below: '1s' } }, { rate, for: '400ms' });
});

void test('a test times out while its fault is on', { timeout: 300 }, () =>
  withFault(shop, slow, () => {
    // Whoever waits for this moment ends this process in it.
    process.stderr.write('the fault is on\n');
    return new Promise<never>(() => undefined);
  }),
);

void test('the fault of the one before is gone', () => {
  assert.deepEqual(
    shop.links.map(({ toxics }) => toxics),
    [0],
  );
});
