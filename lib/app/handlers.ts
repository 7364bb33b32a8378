import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BundleName, bundlesIn, type HandlerBundles } from '../cdk/handler-bundles.ts';

/** In a checkout the handlers' sources lie here, in the published package their bundles. */
const lambdas = join(import.meta.dirname, '..', '..', 'lambdas');

/**
 * Uses the bundles of the handlers: those that the package brings, or in a checkout new ones, for as long as they are used. Only what is
 * asked for is bundled: it takes most of the time of a synthesis.
 */
export async function withHandlers(
  use: (bundles: (names: readonly BundleName[]) => HandlerBundles) => void,
): Promise<void> {
  const brought = bundlesIn(lambdas);
  if (existsSync(join(brought.admit, 'index.mjs'))) {
    use(() => brought);
    return;
  }
  // Only a checkout has esbuild.
  const { bundleHandlers } = await import('../cdk/bundle-handlers.ts');
  const outDir = mkdtempSync(join(tmpdir(), 'steadfast-handlers-'));
  try {
    use((names) => bundleHandlers({ folder: lambdas, outDir, names }));
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}
