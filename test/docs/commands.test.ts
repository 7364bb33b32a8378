import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { main } from '../../lib/cli/main.ts';
import { loadProject } from '../../lib/definitions/project.ts';
import { exitCodes, verdictSchema } from '../../lib/experiment/verdict.ts';
import { capturedIo } from '../cli/captured-io.ts';
import { isLong } from '../setup.ts';
import { pageFiles, root, shellLinesOf, textOf } from './markdown.ts';

/** Runs the command in this process, in this repository. */
async function steadfast(
  ...words: readonly string[]
): Promise<{ readonly code: number; readonly stdout: string }> {
  const { io, out } = capturedIo(root);
  const code = await main(words, io, '1.2.3');
  // What was written last is read by then, too.
  await setImmediate();
  return { code, stdout: out() };
}

const shown = [...new Set(pageFiles.flatMap(shellLinesOf))];
const shownWords = shown
  .filter((line) => line.startsWith('npx steadfast '))
  .map((line) => line.split(/\s+/).slice(2));

/** The experiments that a page has its reader write, or have written by init, and those of the folders below `examples`. */
const newExperiments = ['lost-task', 'slow-names', 'slow-prices'];

/** The commands that only look: they are run as they are shown. */
const looking = ['list', 'check', 'faults', 'explain', '--help', '--version'];

const looksOnly = ([name = '', ...rest]: readonly string[]): boolean =>
  looking.includes(name) ||
  (name === 'new' && rest.includes('--list')) ||
  (name === 'gameday' && rest[0] === 'plan') ||
  (name === 'import' && rest[0]?.startsWith('examples/') === true && !rest.includes('--out'));

describe('the commands that pages show', () => {
  it.each(shownWords.map((words) => [words.join(' '), words] as const))(
    'steadfast %s is one that the command knows',
    async (_shown, [name = '', ...rest]) => {
      const command = name.startsWith('-') ? [] : [name];
      const outer = await steadfast(...command, '--help');
      // A command that has others below it.
      if (command.length > 0 && outer.stdout.includes('\nCommands:')) command.push(rest[0] ?? '');
      const { stdout: help } = command.length > 1 ? await steadfast(...command, '--help') : outer;
      if (command.length > 0) expect(help).toContain(`Usage: steadfast ${command.join(' ')} `);
      const options = [name, ...rest].filter((word) => word.startsWith('-'));
      expect(options.filter((option) => !help.includes(` ${option}`))).toEqual([]);
    },
  );

  it.each(
    shownWords
      .filter(
        (words) =>
          // With an environment they look at AWS.
          looksOnly(words) && ![...newExperiments, '--env'].some((word) => words.includes(word)),
      )
      .map((words) => [words.join(' '), words] as const),
  )('steadfast %s ends well', async (_shown, words) => {
    await expect(steadfast(...words)).resolves.toBeDefined();
  });

  it.each(
    shownWords
      .filter(([name, id = '', ...rest]) => name === 'rehearse' && !id.startsWith('-') && rest.length === 0)
      .filter(([, id = '']) => isLong && !newExperiments.includes(id))
      .map(([, id = '']) => [id] as const),
  )('steadfast rehearse %s comes to a verdict', async (id) => {
    const folder = mkdtempSync(join(tmpdir(), 'steadfast-shown-'));
    try {
      const { code, stdout } = await steadfast('rehearse', id, '--out', folder, '--json');
      const { verdict } = z.object({ verdict: verdictSchema }).parse(JSON.parse(stdout));
      expect(code).toBe(exitCodes[verdict]);
      expect(verdict).not.toBe('errored');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('rehearse experiments that are there', async () => {
    const { experiments } = await loadProject(root);
    const named = shownWords.flatMap(([name, id = '']) =>
      name === 'rehearse' && id !== '--all' ? [id] : [],
    );
    const known = [...experiments.map(({ id }) => id), ...newExperiments];
    expect(named.filter((id) => !known.includes(id) && !existsSync(join(root, id)))).toEqual([]);
  });

  it('synthesize and deploy environments that are there', async () => {
    const { environments } = await loadProject(root);
    const named = shown.flatMap((line) => /^npx cdk .*-c env=(\S+)/.exec(line)?.[1] ?? []);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((id) => !environments.some((environment) => environment.id === id))).toEqual([]);
  });

  it('name scripts that the package has', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(textOf('package.json')));
    const named = pageFiles.flatMap((file) =>
      [...textOf(file).matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name),
    );
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('begin the README with the tests and the start of a fresh clone', () => {
    expect(shellLinesOf('README.md').slice(0, 2)).toEqual(['npm ci && npm start', 'npm cit']);
  });
});
