import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { generatedPages } from './docs/pages.ts';

/** Writes the pages of docs/reference that mirror code: `npm run docs`. */
const root = join(import.meta.dirname, '..');
for (const [file, render] of Object.entries(generatedPages)) {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), await render());
  process.stdout.write(`${file}\n`);
}
