import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LabDefinition } from 'steadfast-chaos';
import { DidNotBite, type LabOptions, lab, type TestLab, useLab } from 'steadfast-chaos/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import shop from '../../experiments/labs/shop.ts';
import { isLong } from '../setup.ts';
import { collectedBody } from './collected.ts';

const root = join(import.meta.dirname, '..', '..');
const example = /```ts\n(?<code>.*?)```/s.exec(
  readFileSync(join(root, 'docs', 'how-to', 'test-with-a-lab.md'), 'utf8'),
)?.groups?.['code'];

/** Runs the example of the how-to as it is written there, but for the lab and the name of the service that takes the shop's place. */
async function runExample(shopLab: TestLab, service: string): Promise<void> {
  if (example === undefined) throw new Error('the how-to has no example');
  const code = example
    .replace("from 'vitest'", `from '${pathToFileURL(join(import.meta.dirname, 'collected.ts')).href}'`)
    .replace("from: 'shop'", `from: '${service}'`)
    .replace("fetch('shop'", `fetch('${service}'`);
  const folder = mkdtempSync(join(import.meta.dirname, '.example-'));
  try {
    const file = join(folder, 'example.ts');
    writeFileSync(file, code);
    await import(/* @vite-ignore */ file);
    await collectedBody()({ shop: shopLab, signal: new AbortController().signal });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const catalogue = {
  command: ['node', 'shop/catalogue.ts'],
  health: { path: '/health' },
  uses: ['database'],
};

/** The shop's own lab, whose database starts once, with two more shops: one has no cache, one goes past its link. */
const threeShops: LabDefinition = {
  ...shop,
  services: {
    ...shop.services,
    uncached: {
      ...catalogue,
      env: { PORT: '{port}', DATABASE_URL: '{database.url}', CACHE_TTL_MS: '0' },
    },
    bypassing: { ...catalogue, env: { PORT: '{port}', DATABASE_URL: '{database.real.url}' } },
  },
  load: ['shop', 'bypassing'].map((service) => ({ service, path: '/products', rate: '20/s' })),
};

describe('the slow-database test of the how-to', () => {
  const shops = useLab(
    threeShops,
    { beforeAll, afterAll, afterEach },
    { folder: join(root, 'experiments', 'labs') },
  );

  it('has ten lines', () => {
    expect(
      example?.split('\n').filter((line) => line !== '' && !line.startsWith('import')).length,
    ).toBeLessThanOrEqual(10);
  });

  it('passes for a shop whose cache answers', async () => {
    await runExample(shops, 'shop');
  });

  it('fails without the cache', async () => {
    await expect(runExample(shops, 'uncached')).rejects.toThrow(/aborted due to timeout|to be/);
  });

  it('fails past the link, though the shop answers well', async () => {
    const failure = runExample(shops, 'bypassing');
    await expect(failure).rejects.toThrow(DidNotBite);
    await expect(failure).rejects.toThrow(
      "bypassing holds 1 connection to the database's own port; none go through the link",
    );
  });

  const alone: readonly (readonly [string, LabOptions, RegExp | undefined])[] = [
    ['shop', {}, undefined],
    ['shop', { env: { shop: { CACHE_TTL_MS: '0' } } }, /aborted due to timeout/],
    ['bypassing-shop', {}, /to the database's own port/],
  ];
  // Each starts a database of its own; the three shops of one lab are the sample of it.
  it.each(isLong ? alone : [])('ends so in the lab %s with %j as well', async (id, options, error) => {
    await using started = await lab(id, options);
    const run = runExample(started, 'shop');
    await (error === undefined ? run : expect(run).rejects.toThrow(error));
  });
});
