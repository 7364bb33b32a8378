import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bundleHandlers } from '../../lib/cdk/bundle-handlers.ts';
import {
  type BundleName,
  bundleNames,
  type HandlerBundles,
  handlerNames,
} from '../../lib/cdk/handler-bundles.ts';

/** What a function may weigh (docs/decisions/029-small-and-cheap.md). */
const mostBytes = 150_000;

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

  const textOf = (name: BundleName, file = 'index.mjs') => readFileSync(join(bundles[name], file), 'utf8');

  it.each(bundleNames)('export a handler as an ES module with its source map: %s', (name) => {
    expect(textOf(name)).toMatch(/export\{[^}]*\bas handler\b[^}]*\}|export\{handler\}/);
    expect(textOf(name)).toContain('sourceMappingURL=index.mjs.map');
    expect(JSON.parse(textOf(name, 'index.mjs.map'))).toHaveProperty('mappings');
  });

  it.each(bundleNames)('leave the AWS SDK to the Lambda runtime: %s', (name) => {
    expect(textOf(name)).toMatch(/from"@aws-sdk\/client-[a-z0-9-]+"/);
  });

  it.each(bundleNames)('stay small, so that they start soon: %s', (name) => {
    expect(Buffer.byteLength(textOf(name))).toBeLessThanOrEqual(mostBytes);
  });

  it('hold no client of FIS or of the table where they only probe', () => {
    for (const name of handlerNames) expect(textOf(name)).toMatch(/from"@aws-sdk\/client-fis"/);
    const sdk = textOf('probe').match(/from"@aws-sdk\/[^"]+"/g) ?? [];
    expect([...new Set(sdk)].toSorted()).toEqual([
      'from"@aws-sdk/client-secrets-manager"',
      'from"@aws-sdk/client-ssm"',
    ]);
  });

  it('hold no client of FIS, and no catalogue of its actions, where they only follow campaigns', () => {
    expect(textOf('dispatch')).not.toContain('@aws-sdk/client-fis');
    expect(textOf('dispatch')).not.toContain('aws:ec2:stop-instances');
  });

  it('hold what counts verdicts in the functions alone that close runs', () => {
    const holding = bundleNames.filter((name) =>
      textOf(name, 'index.mjs.map').includes('lambdas/verdict-metric.ts'),
    );
    expect(holding).toEqual(['conclude', 'stop']);
  });

  it('hold what makes the page in the function of reports alone', () => {
    const holding = bundleNames.filter((name) =>
      textOf(name, 'index.mjs.map').includes('lib/report/report.ts'),
    );
    expect(holding).toEqual(['report']);
  });

  it.each(bundleNames)('load in Node, whatever CommonJS is inside: %s', (name) => {
    // By Node itself: the test runner would look for the sources that the map names.
    const module: unknown = createRequire(import.meta.url)(join(bundles[name], 'index.mjs'));
    expect(module).toHaveProperty('handler');
  });

  it.each(bundleNames)('name their sources as the project does: %s', (name) => {
    const { sources } = z
      .object({ sources: z.array(z.string()) })
      .parse(JSON.parse(textOf(name, 'index.mjs.map')));
    expect(sources).toContain(`lambdas/${name}.ts`);
    expect(sources.filter((source) => !/^(lambdas|lib|node_modules)\//.test(source))).toEqual([]);
  });

  it('are the same bytes wherever the sources and the bundles lie', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'steadfast-elsewhere-'));
    try {
      const checkout = join(elsewhere, 'some', 'deeper', 'checkout');
      for (const part of ['lambdas', 'lib', 'package.json', 'tsconfig.json'])
        cpSync(join(home, part), join(checkout, part), { recursive: true });
      symlinkSync(join(home, 'node_modules'), join(checkout, 'node_modules'));
      const others = bundleHandlers({ folder: join(checkout, 'lambdas'), outDir: join(elsewhere, 'out') });
      for (const name of bundleNames) {
        for (const file of ['index.mjs', 'index.mjs.map']) {
          const bytes = readFileSync(join(others[name], file));
          expect(bytes.equals(readFileSync(join(bundles[name], file))), `${name}/${file}`).toBe(true);
        }
      }
    } finally {
      rmSync(elsewhere, { recursive: true, force: true });
    }
  });
});
