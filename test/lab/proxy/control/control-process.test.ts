import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import uncachedShop from '../../../../experiments/labs/uncached-shop.ts';
import { labSchema } from '../../../../lib/experiment/lab.ts';
import { startTimeOf } from '../../../../lib/lab/processes/start-time.ts';
import type { RunningLab } from '../../../../lib/lab/running-lab.ts';
import { startLab } from '../../../../lib/lab/start-lab.ts';
import { systemClock } from '../../../../lib/probing/system-clock.ts';
import { sequence } from '../../support/sequence.ts';

const logFolder = mkdtempSync(join(tmpdir(), 'steadfast-test-'));
let lab: RunningLab;
beforeAll(async () => {
  lab = await startLab({
    lab: labSchema.parse(uncachedShop),
    folder: fileURLToPath(new URL('../../../../experiments/labs', import.meta.url)),
    logFolder,
    random: sequence(0.5),
    clock: systemClock,
  });
});
afterAll(async () => {
  await lab.stop();
  rmSync(logFolder, { recursive: true, force: true });
});

const toxics = '/proxies/shop-1-to-stock/toxics';
const ask = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(new URL(path, lab.serviceUrl('control')), init);
  return [response.status, await response.text()] as const;
};
const answersAfterMs = async () => {
  const fromMs = performance.now();
  await (await fetch(`${lab.serviceUrl('shop')}/products`)).text();
  return performance.now() - fromMs;
};

describe('the control of a running lab', () => {
  it('is a replica of its own that knows all links, though they came to be beside it', async () => {
    expect(lab.replicas.map(({ id, tags }) => [id, tags])).toContainEqual([
      'control-1',
      { Service: 'control', Env: 'uncached-shop' },
    ]);
    const link = lab.link('shop-1', 'stock');
    expect(await ask('/proxies/shop-1-to-stock')).toEqual([
      200,
      JSON.stringify({
        name: 'shop-1-to-stock',
        listen: `127.0.0.1:${link?.port}`,
        upstream: new URL(lab.serviceUrl('stock')).host,
        enabled: true,
        Logger: {},
        toxics: [],
      }),
    ]);
  });

  it('puts a delay on a link; restarted, it cannot take it away, and the link keeps it', async () => {
    const body = JSON.stringify({ name: 'slow', type: 'latency', attributes: { latency: 300 } });
    expect(await ask(toxics, { method: 'POST', body })).toMatchObject({ 0: 200 });
    expect(await answersAfterMs()).toBeGreaterThan(290);

    expect(await lab.stopReplica('control-1')).toMatchObject({ gone: true });
    let again: Awaited<ReturnType<typeof ask>> | undefined;
    while (again === undefined) again = await ask(toxics).catch(() => undefined);
    expect(again).toEqual([200, '[]']);
    expect(await ask(`${toxics}/slow`, { method: 'DELETE' })).toMatchObject({ 0: 404 });
    expect(await ask('/reset', { method: 'POST' })).toEqual([204, '']);

    expect(await answersAfterMs()).toBeGreaterThan(290);
    expect(lab.proxyControl()?.placed()).toMatchObject([
      { proxy: 'shop-1-to-stock', toxic: { name: 'slow' } },
    ]);
  });

  it('is gone with the lab, and so is all that it has put in', async () => {
    const pids = lab.replicas.map(({ pid }) => pid);
    const shop = lab.link('shop-1', 'stock');
    await lab.stop();
    expect(pids.map(startTimeOf)).toEqual(pids.map(() => undefined));
    await expect(fetch(`http://127.0.0.1:${shop?.port}/products`)).rejects.toThrow();
    await expect(ask('/version')).rejects.toThrow();
  });
});
