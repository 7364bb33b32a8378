import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleHandlers, type HandlerBundles, handlerNames } from '../../lib/cdk/handler-bundles.ts';

const home = join(import.meta.dirname, '..', '..');

describe('the bundled handlers', () => {
  let outDir: string;
  let bundles: HandlerBundles;

  beforeAll(() => {
    // Inside the project, where the AWS SDK that a bundle leaves out can be found when it is loaded.
    mkdirSync(join(home, '.steadfast'), { recursive: true });
    outDir = mkdtempSync(join(home, '.steadfast', 'bundles-'));
    bundles = bundleHandlers({ folder: join(home, 'lambdas'), outDir });
  });

  afterAll(() => {
    rmSync(outDir, { recursive: true, force: true });
  });

  const textOf = (name: (typeof handlerNames)[number], file = 'index.mjs') =>
    readFileSync(join(bundles[name], file), 'utf8');

  it.each(handlerNames)('export a handler as an ES module with its source map: %s', (name) => {
    expect(textOf(name)).toMatch(/export\{[^}]*\bas handler\b[^}]*\}|export\{handler\}/);
    expect(textOf(name)).toContain('sourceMappingURL=index.mjs.map');
    expect(JSON.parse(textOf(name, 'index.mjs.map'))).toHaveProperty('mappings');
  });

  it.each(handlerNames)('leave the AWS SDK to the Lambda runtime, and stay under a megabyte: %s', (name) => {
    expect(textOf(name)).toMatch(/from"@aws-sdk\/client-fis"/);
    expect(textOf(name).length).toBeLessThan(1_000_000);
  });

  it.each(handlerNames)('load in Node, whatever CommonJS is inside: %s', async (name) => {
    const module: unknown = await import(join(bundles[name], 'index.mjs'));
    expect(module).toHaveProperty('handler');
  });
});
