import { execFileSync } from 'node:child_process';
import { cpSync, globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Compiles the package into `dist/`: JavaScript with types, and the state machines beside it. Node runs no TypeScript under
 * node_modules, so this is what is published.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '--project', join(root, 'tsconfig.build.json')],
  {
    stdio: 'inherit',
  },
);
for (const file of globSync('lib/**/*.asl.json', { cwd: root })) cpSync(join(root, file), join(dist, file));
