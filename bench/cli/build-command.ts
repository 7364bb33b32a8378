import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The command as it is published: the same entry, beside compiled files and no sources, in a folder of its own. */
export function buildCommand(): { readonly entry: string; remove(): void } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'steadfast-built-')));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const modules = realpathSync(join(root, 'node_modules'));
    mkdirSync(join(folder, 'bin'));
    for (const file of ['bin/steadfast.js', 'package.json']) cpSync(join(root, file), join(folder, file));
    symlinkSync(modules, join(folder, 'node_modules'));
    const compiler = join(modules, 'typescript/bin/tsc');
    const project = join(root, 'tsconfig.build.json');
    const outDir = join(folder, 'dist');
    execFileSync(process.execPath, [compiler, '--project', project, '--outDir', outDir, '--noCheck'], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return { entry: join(folder, 'bin', 'steadfast.js'), remove };
  } catch (cause) {
    remove();
    throw cause;
  }
}
