import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** The functions of the runner, by the file of `lambdas/` that holds each. */
export const handlerNames = ['admit', 'observe', 'fault', 'rollback', 'conclude'] as const;

export type HandlerName = (typeof handlerNames)[number];

/** The folder of each bundled handler: `index.mjs` and its source map. */
export type HandlerBundles = Readonly<Record<HandlerName, string>>;

/**
 * Bundles the handlers with esbuild, each into a folder of its own under `outDir`.
 *
 * The AWS SDK stays with the Lambda runtime: bundles are then about ten times smaller and start faster, and AWS keeps the SDK's
 * security fixes current. What the pinned SDK could give, an option the runtime's lacks, the FIS adapter does not rely on.
 *
 * @param folder of the handlers' source files
 */
export function bundleHandlers({
  folder,
  outDir,
}: {
  readonly folder: string;
  readonly outDir: string;
}): HandlerBundles {
  buildSync({
    entryPoints: handlerNames.map((name) => ({ in: join(folder, `${name}.ts`), out: join(name, 'index') })),
    outdir: outDir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    sourcemap: true,
    sourcesContent: false,
    external: ['@aws-sdk/*', '@smithy/*'],
    // CommonJS inside an ES module still asks for require.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return bundlesIn(outDir);
}

/** Handlers that were bundled into `outDir` before. */
export function bundlesIn(outDir: string): HandlerBundles {
  const at = (name: HandlerName) => join(outDir, name);
  return {
    admit: at('admit'),
    observe: at('observe'),
    fault: at('fault'),
    rollback: at('rollback'),
    conclude: at('conclude'),
  };
}
