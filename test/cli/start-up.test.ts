import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** Tells on stderr, as one JSON list, what Node has loaded by the time the process ends. */
const telling = `data:text/javascript,${encodeURIComponent(`
import { registerHooks } from 'node:module';
const loaded = [];
registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
process.on('exit', () => process.stderr.write(JSON.stringify(loaded)));
`)}`;

/** What the command loads on its way to the end. */
function loadedBy(...words: readonly string[]): string[] {
  const entry = join(root, 'bin', 'steadfast.js');
  const args = ['--import', telling, entry, ...words];
  const { stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  const loaded: unknown = JSON.parse(stderr);
  if (!Array.isArray(loaded)) throw new Error(`no list: ${stderr}`);
  return loaded.map(String);
}

/** Packages that the start needs; each other one costs every command its time. */
const light = ['@commander-js/extra-typings', 'commander', 'picocolors'];

const packageOf = (url: string): string | undefined =>
  /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(url)?.[1];

describe('the start of the command', () => {
  it.each([
    ['--version', []],
    ['--help', []],
    // Tab waits for it.
    ['complete', ['--shell', 'fish', '--', 'rehearse', '']],
  ])('loads for %s nothing that only other commands need', (word, more) => {
    const loaded = loadedBy(word, ...more);
    const heavy = loaded.flatMap((url) => packageOf(url) ?? []).filter((name) => !light.includes(name));
    expect(heavy, 'load them by await import in the action of the command that needs them').toEqual([]);
    // Each file costs about half a millisecond: see npm run bench -- cli.
    expect(loaded.length).toBeLessThan(80);
  });
});
