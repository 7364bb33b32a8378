import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { blocksOf, root, shellLinesOf } from '../docs/markdown.ts';
import { type CommandProject, commandProject } from './command.ts';

const page = 'docs/how-to/rehearse-your-own-service.md';
const example = join(root, 'examples/python-orders');

const fileOf = (name: string): string => readFileSync(join(example, name), 'utf8');
const blocks = (language: string): readonly string[] =>
  blocksOf(page).flatMap((block) => (block.language === language ? [block.text] : []));

/** The example as it is in this checkout, without what rehearsals of it have left there. */
const files = Object.fromEntries(
  readdirSync(example, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.steadfast'))
    .map((entry) => join(entry.parentPath, entry.name).slice(example.length + 1))
    .map((name) => [name, fileOf(name)]),
);

/** What the page has its reader change: the lines of its diff, taken out and put in. */
function changedByReader(text: string): string {
  const lines = blocks('diff').join('').split('\n');
  const marked = (mark: string) =>
    lines.flatMap((line) => (line.startsWith(mark) ? [`${line.slice(1)}\n`] : [])).join('');
  expect(text.split(marked('-'))).toHaveLength(2);
  return text.replace(marked('-'), () => marked('+'));
}

/** What is told but for its figures, which differ from run to run, and the room that a table leaves for them. */
const withoutFigures = (text: string): string =>
  text
    .trim()
    .replaceAll(/slow-prices-\w+-\w+/g, 'RUN')
    .replaceAll(/\d[\d.]* m?s\b/g, 'TIME')
    .replaceAll(/\d[\d.]*/g, 'N')
    .replaceAll(/ +/g, ' ');

/**
 * Rehearses until the machine lets the probe see enough, as its reader would: a run beside much else says itself that it saw too little. Any other
 * verdict is the answer.
 */
async function rehearsed(
  project: CommandProject,
  words: readonly string[],
  timesLeft = 3,
): ReturnType<CommandProject['run']> {
  const ended = await project.run(...words);
  const sawTooLittle = ended.code === 2 || /^rejected: .*(?:too few|to be sure)/m.test(ended.stdout);
  return sawTooLittle && timesLeft > 1 ? rehearsed(project, words, timesLeft - 1) : ended;
}

beforeAll(() => {
  const { error, stdout } = spawnSync('python3', ['--version'], { encoding: 'utf8' });
  if (error !== undefined)
    throw new Error(
      `these tests rehearse a service in Python, and python3 does not start (${error.message}): install it, on Debian with apt-get install python3`,
    );
  expect(stdout).toMatch(/^Python 3/);
});

describe('the guide to rehearsing a service of your own', () => {
  it('shows the files of the example as they are', () => {
    const shown = blocks('yaml').map((text) => [/^# (\S+)\n/.exec(text)?.[1], text]);
    expect(shown.map(([name]) => name)).toEqual([
      'experiments/labs/orders.yaml',
      'experiments/slow-prices.yaml',
    ]);
    for (const [name = '', text] of shown) expect(text).toBe(fileOf(name));
    const [python = ''] = blocks('python');
    expect(python).toContain('timeout');
    expect(fileOf('app.py')).toContain(python);
  });

  it('comes to what it says, with the commands that it shows: held, and a finding without the time-out', async () => {
    const [folder, ...shown] = shellLinesOf(page);
    expect(folder).toBe('cd examples/python-orders');
    const [check = [], first = [], second = []] = shown.map((line) => {
      expect(line).toMatch(/^npx steadfast /);
      return line.split(' ').slice(2);
    });
    expect(shown).toHaveLength(3);
    const asItIs = commandProject(files);
    const changed = commandProject({ ...files, 'app.py': changedByReader(fileOf('app.py')) });
    // Side by side, since each waits for its time to pass most of the time.
    const ended = await Promise.all([
      asItIs.run(...check),
      rehearsed(asItIs, first),
      rehearsed(changed, second),
    ]);
    expect(ended.map(({ stdout }) => withoutFigures(stdout))).toEqual(blocks('text').map(withoutFigures));
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 1]);
    expect([...asItIs.processes(), ...changed.processes()]).toEqual([]);
  });
});
