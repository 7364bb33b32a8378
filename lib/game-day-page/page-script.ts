import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** Where the build has left the script in the published package. */
const built = new URL('./page-script.bundle', import.meta.url);

/** The page's script: as it was built, or, in a checkout, bundled from the sources as they are now. */
export async function readPageScript(): Promise<string> {
  if (existsSync(built)) return readFile(built, 'utf8');
  const { bundlePageScript } = await import('./bundle-page-script.ts');
  return bundlePageScript();
}
