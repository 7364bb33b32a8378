import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import * as z from 'zod';
import { type BundleName, bundleNames, bundlesIn, type HandlerBundles } from './handler-bundles.ts';

/**
 * Bundles the handlers with esbuild, each into a folder of its own under `outDir`. Whoever does so gets the same bytes, wherever
 * sources, packages and `outDir` lie: an asset that did not change is not uploaded again.
 *
 * The AWS SDK stays with the Lambda runtime: bundles are then about ten times smaller and start faster, and AWS keeps the SDK's
 * security fixes current. What the pinned SDK could give, an option the runtime's lacks, the FIS adapter does not rely on.
 *
 * @param folder of the handlers' source files
 */
export function bundleHandlers({
  folder,
  outDir,
  names = bundleNames,
}: {
  readonly folder: string;
  readonly outDir: string;
  /** Which are wanted; the others are not written. */
  readonly names?: readonly BundleName[];
}): HandlerBundles {
  const sources = realpathSync(folder);
  buildSync({
    entryPoints: names.map((name) => ({ in: join(sources, `${name}.ts`), out: join(name, 'index') })),
    outdir: outDir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    external: ['@aws-sdk/*', '@smithy/*'],
    // CommonJS inside an ES module still asks for require.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  const bundles = bundlesIn(outDir);
  for (const name of names) nameSources(bundles[name], dirname(sources));
  return bundles;
}

const sourceMapSchema = z.looseObject({ sources: z.array(z.string()) });

/** Names the sources in a source map as they are called in the project: `lib/run/run-step.ts`, `node_modules/zod/...`. */
function nameSources(bundle: string, home: string): void {
  const file = join(bundle, 'index.mjs.map');
  const map = sourceMapSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const sources = map.sources.map((source) => {
    const [, inPackage] = /^.*?\/(node_modules\/.*)$/.exec(source) ?? [];
    return inPackage ?? relative(home, resolve(bundle, source));
  });
  writeFileSync(file, JSON.stringify({ ...map, sources }));
}
