import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { main } from '../../lib/cli/main.ts';
import { widthOf } from '../../lib/cli/view/text-width.ts';
import { temporaryProject } from '../definitions/temporary-project.ts';
import { journalOf } from '../fakes/fake-aws-journal.ts';
import { shopLab, slowDatabase } from '../plan/examples.ts';
import { richStaging } from '../recipes/examples.ts';
import { capturedIo } from './captured-io.ts';

const title = 'データベースが遅くても 🐢 the shop goes on as if nothing had happened to it at all';

const files = {
  'experiments/slow-database.json': { ...slowDatabase, title, environments: { staging: {} } },
  'experiments/other.json': { ...slowDatabase, id: 'other', stages: [] },
  'experiments/environments/staging.json': richStaging,
  'experiments/labs/shop.json': shopLab,
  '.steadfast/runs/run-20260501T093000Z-4fzk/journal.json': {
    ...journalOf({ runId: 'run-20260501T093000Z-4fzk' }),
    summary: `Everything held: ${title}.`,
  },
};

/** What a command prints in a terminal of so many columns, or in none. */
async function printed(columns: number | undefined, words: readonly string[]): Promise<string[]> {
  const { io, out, err } = capturedIo(
    temporaryProject(files),
    columns === undefined ? {} : { columns, isTerminal: true },
  );
  await main(words, io, '1.2.3');
  await setImmediate();
  return `${out()}${err()}`.split('\n');
}

const known = new Map<string, ReadonlySet<string>>();

/** The words that a command prints where nothing is broken. */
async function wordsOf(words: readonly string[]): Promise<ReadonlySet<string>> {
  const key = words.join(' ');
  const found = known.get(key) ?? new Set((await printed(undefined, words)).join(' ').split(/\s+/));
  known.set(key, found);
  return found;
}

/** A line may be wider only for a word that nobody can break, or a command that people copy. */
const mayBeWider = (line: string): boolean =>
  !line.trim().includes(' ') || /^ *(npx |steadfast |STEADFAST_PROXY_TOKEN=|curl )/.test(line);

describe.each([40, 80])('in a terminal of %i columns', (columns) => {
  it.each([
    ['list'],
    ['check'],
    ['check', 'other'],
    ['runs'],
    ['show', 'run-20260501T093000Z-4fzk'],
    ['show', 'nothing'],
    ['plan', 'slow-database', '--env', 'staging', '--offline'],
    ['campaign', 'plan', '--env', 'staging', '--from', '2026-12-01'],
    ['coverage'],
    ['faults'],
    ['faults', 'aws:ecs:task-network-latency'],
    ['new', '--list'],
    ['explain', 'no-bite'],
    ['--help'],
    ['rehearse', '--help'],
    ['proxy', '--help'],
    ['gameday', '--help'],
    ['nonsense'],
  ])('%s %s fits, and no word is cut', async (...words) => {
    const lines = await printed(columns, words);
    expect(lines.filter((line) => widthOf(line) > columns && !mayBeWider(line))).toEqual([]);
    const text = lines.join(' ').split(/\s+/).filter(Boolean);
    expect(text.length).toBeGreaterThan(3);
    // What is cut to a line says so; everything else is there, word by word.
    const whole = await wordsOf(words);
    // How long ago a run was is another number a moment later.
    const unknown = text.filter((word) => !whole.has(word) && !/…$|^\d+$/.test(word));
    expect(unknown).toEqual([]);
  });
});

it('prints JSON as it is, however narrow the terminal', async () => {
  const lines = await printed(40, ['list', '--json']);
  expect(lines).toContain(`      "title": "${title}",`);
});

it('breaks no line of what goes elsewhere', async () => {
  expect(await printed(undefined, ['list'])).toContain(`  slow-database  ${title}  lab shop, staging`);
});
