import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chaosToolkitJournalSchema } from '../../../lib/report/chaos-toolkit/schema.ts';
import { deviatedJournal } from '../../report/journal-fixture.ts';
import { commandHere } from '../command-here.ts';

const journal = deviatedJournal();
const project = () =>
  commandHere({
    '.steadfast/runs/run-1/journal.json': journal,
    'empty/notes.txt': 'none',
  });

describe('exporting a run to Chaos Toolkit', () => {
  it.each([
    ['id', 'run-1'],
    ['folder', '.steadfast/runs/run-1'],
    ['journal', '.steadfast/runs/run-1/journal.json'],
  ])('finds it by its %s, and prints one document', async (_by, argument) => {
    const { code, stdout, stderr } = await project().run('export', '--chaos-toolkit', argument);
    expect([code, stderr]).toEqual([0, '']);
    expect(chaosToolkitJournalSchema.parse(JSON.parse(stdout))).toMatchObject({
      status: 'completed',
      deviated: true,
      'x-steadfast': { verdict: 'deviated', exitCode: 1, runId: journal.runId },
    });
  });

  it('writes it to a file, whose folder need not be there', async () => {
    const here = project();
    const { code, stdout, stderr } = await here.run(
      'export',
      'run-1',
      '--chaos-toolkit',
      '--out',
      'new/ctk.json',
    );
    expect([code, stdout, stderr]).toEqual([0, '', 'Wrote new/ctk.json\n']);
    const again = await here.run('export', 'run-1', '--chaos-toolkit', '--out', 'new/ctk.json', '--json');
    expect(readFileSync(join(here.root, 'new/ctk.json'), 'utf8')).toBe(again.stdout);
  });

  it.each([
    [['export', 'run-1'], 64, 'steadfast export --chaos-toolkit run-1'],
    [['export', '--chaos-toolkit', 'run-2'], 4, "there is no run 'run-2' here"],
    [['export', '--chaos-toolkit', 'empty'], 4, 'holds no journal.json'],
    [['export', '--chaos-toolkit', 'empty/notes.txt'], 4, 'empty/notes.txt is no journal that can be read'],
    [
      ['export', '--chaos-toolkit', 'run-1', '--out', 'empty/notes.txt/x.json'],
      4,
      'empty/notes.txt/x.json cannot be written',
    ],
  ])('refuses %j with %i, and says why', async (words, expected, message) => {
    const { code, stdout, stderr } = await project().run(...words);
    expect([code, stdout]).toEqual([expected, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain(' at ');
  });
});
