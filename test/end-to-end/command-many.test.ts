import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Journal, journalSchema } from '../../lib/run/journal.ts';
import { changed } from '../definitions/told.ts';
import { matching } from '../fakes/matching.ts';
import { commandProject } from './command.ts';
import { greetingsProject, slowNames } from './greetings.ts';

const manySchema = z.object({
  exitCode: z.number(),
  runs: z.array(z.object({ experiment: z.string(), verdict: z.string(), folder: z.string() })),
});

const journalIn = (folder: string): Journal =>
  journalSchema.parse(JSON.parse(readFileSync(join(folder, 'journal.json'), 'utf8')));

/** The process group, the fifth of what Linux tells of a process; its name, the second, is in brackets. */
const groupOf = (pid: number) =>
  readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')[2];

/** A stage that lasts longer than any test waits: only an interruption ends it. */
const long = greetingsProject({
  experiment: changed(slowNames, ['stages'], [{ share: 'one', duration: '6h' }]),
});

describe('many rehearsals of one lab', () => {
  it('go side by side, each with its record, and leave nothing running', async () => {
    const other = { ...slowNames, id: 'slow-again' };
    const project = commandProject({ ...greetingsProject(), 'experiments/slow-again.json': other });
    const { code, stdout } = await project.run('rehearse', '--all', '--parallel', '2', '--json');
    const many = manySchema.parse(JSON.parse(stdout));
    expect(many.exitCode).toBe(code);
    expect(many.runs.map(({ experiment }) => experiment)).toEqual(['slow-again', 'slow-names']);
    const journals = many.runs.map(({ folder }) => journalIn(folder));
    // How a busy machine judges them is not what this is about; that they were judged is.
    expect(journals.map(({ verdict }) => verdict)).toEqual(many.runs.map(({ verdict }) => verdict));
    expect(journals.map(({ stages }) => stages.length)).toEqual([1, 1]);
    const [one, two] = journals;
    expect((one?.start ?? '') < (two?.end ?? '') && (two?.start ?? '') < (one?.end ?? '')).toBe(true);
    expect(project.processes()).toEqual([]);
  });

  it('are all ended in order by one Ctrl-C, which a terminal sends to the group of the command alone', async () => {
    const project = commandProject(long);
    const words = ['rehearse', 'slow-names', '--repeat', '2', '--parallel', '2', '--out', 'kept'];
    const { child, ended, line } = project.start(...words);
    await Promise.all([line(/slow-names 1: stage/), line(/slow-names 2: stage/)]);
    const others = project.processes().filter((pid) => pid !== child.pid);
    expect(others.length).toBeGreaterThan(2);
    expect(others.map(groupOf)).not.toContain(groupOf(child.pid ?? 0));
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect([code, stdout]).toEqual([3, matching(/slow-names: halted 2 of 2: the same each time/)]);
    for (const time of ['1', '2']) {
      const { stages } = journalIn(join(project.root, 'kept', 'slow-names', time));
      expect(stages).toMatchObject([{ fisStatus: 'stopped', halt: { by: 'person' } }]);
    }
    expect(project.processes()).toEqual([]);
  });

  it('end with the command that led them, however it ends', async () => {
    const project = commandProject(long);
    const { child, ended, line } = project.start('rehearse', '--all');
    await line(/slow-names: stage/);
    child.kill('SIGKILL');
    expect((await ended).signal).toBe('SIGKILL');
    await expect.poll(() => project.processes(), { timeout: 30_000 }).toEqual([]);
  });
});
