import { execFileSync } from 'node:child_process';
import { cpSync, globSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleHandlers } from '../lib/cdk/bundle-handlers.ts';
import { bundlePageScript } from '../lib/game-day-page/bundle-page-script.ts';
import { finishDeclarations } from './declarations.ts';
import { thirdPartyNotices } from './third-party.ts';

/**
 * Builds what is published into `dist/`: the command, the language, the CDK entry, the ports and the entry for tests as JavaScript with types, since Node runs no
 * TypeScript under node_modules; the state machines beside it; and the handlers as bundles, since users need not have esbuild;
 * so is the script of the game day page.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const lambdas = join(dist, 'lambdas');

rmSync(dist, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '--project', join(root, 'tsconfig.build.json')],
  { stdio: 'inherit' },
);
for (const file of globSync('lib/**/*.asl.json', { cwd: root })) cpSync(join(root, file), join(dist, file));
// These two only declare, for packages that whoever builds or installs this need not have: they are declarations as they stand.
for (const name of ['vitest', 'jest']) {
  cpSync(join(root, 'lib', 'testing', `${name}.ts`), join(dist, 'lib', 'testing', `${name}.d.ts`));
  writeFileSync(join(dist, 'lib', 'testing', `${name}.js`), 'export {};\n');
}
finishDeclarations(dist, [
  'lib/experiment/index.d.ts',
  'lib/app/index.d.ts',
  'lib/ports/index.d.ts',
  ...['index', 'vitest', 'jest'].map((name) => `lib/testing/${name}.d.ts`),
]);
bundleHandlers({ folder: join(root, 'lambdas'), outDir: lambdas });
writeFileSync(join(lambdas, 'third-party.txt'), thirdPartyNotices(root, lambdas));
writeFileSync(join(dist, 'lib', 'game-day-page', 'page-script.bundle'), await bundlePageScript());
