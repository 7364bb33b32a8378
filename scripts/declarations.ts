import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** A relative import of a declaration file: `from './name.ts'` or `import("./name.ts")`. */
const relativeImport = /(\bfrom |\bimport\()(['"])(\.{1,2}\/[^'"]+)\.([jt]s)\2/g;

/** Examples in them import files of whoever reads them. */
const comments = /\/\*[\s\S]*?\*\//g;

/**
 * Makes the compiler's declarations fit for others: they import `.js`, where the compiler leaves the `.ts` of the sources, and
 * those that no entry of the package needs are gone.
 *
 * @param dist the folder of the compiled package
 * @param entries the declarations that the package exports, relative to it
 */
export function finishDeclarations(dist: string, entries: readonly string[]): void {
  const needed = new Set<string>();
  const keep = (file: string): void => {
    if (needed.has(file)) return;
    needed.add(file);
    const text = readFileSync(join(dist, file), 'utf8');
    writeFileSync(join(dist, file), text.replace(relativeImport, '$1$2$3.js$2'));
    for (const [, , , path = ''] of text.replaceAll(comments, '').matchAll(relativeImport))
      keep(normalize(join(dirname(file), `${path}.d.ts`)));
  };
  for (const entry of entries) keep(normalize(entry));
  for (const file of globSync('**/*.d.ts', { cwd: dist })) if (!needed.has(file)) rmSync(join(dist, file));
}
