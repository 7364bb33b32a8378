import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Journal, journalSchema } from '../../lib/run/journal.ts';
import { changed } from '../definitions/told.ts';
import { anything, containing, matching } from '../fakes/matching.ts';
import { isLong } from '../setup.ts';
import { type CommandProject, commandProject } from './command.ts';
import { greetings, greetingsProject, slowNames } from './greetings.ts';

/** A stage that lasts longer than any test waits: only an interruption ends it. */
const long = greetingsProject({
  experiment: changed(slowNames, ['stages'], [{ share: 'one', duration: '6h' }]),
});

const journalOf = ({ root }: CommandProject): Journal =>
  journalSchema.parse(JSON.parse(readFileSync(join(root, 'run', 'journal.json'), 'utf8')));

/** A rehearsal whose fault is under way. */
async function inStage(project: CommandProject) {
  const started = project.start('rehearse', 'slow-names', '--out', 'run');
  await started.line(/Targets: greeter-1/);
  expect(project.processes().length).toBeGreaterThanOrEqual(3);
  return started;
}

// What a closed terminal sends goes the way of the others.
const signals = ['SIGINT', 'SIGTERM', ...(isLong ? (['SIGHUP'] as const) : [])] as const;

describe.each(signals)('%s', (signal) => {
  it('during a stage ends the fault and the run in order: halted, and nothing is left', async () => {
    const project = commandProject(long);
    const { child, ended } = await inStage(project);
    child.kill(signal);
    const { code, stdout, stderr } = await ended;
    expect([code, stdout]).toEqual([3, matching(/^\nhalted: /)]);
    expect(stderr).toContain('The fault is being ended.');
    const journal = journalOf(project);
    expect(journal).toMatchObject({
      verdict: 'halted',
      stages: [
        {
          fisStatus: 'stopped',
          halt: { by: 'person', reason: matching(signal === 'SIGINT' ? /Ctrl-C/ : new RegExp(signal)) },
        },
      ],
      recovery: anything(),
    });
    expect(existsSync(join(project.root, 'run', 'report.html'))).toBe(true);
    expect(project.processes()).toEqual([]);
  });
});

describe('Ctrl-C', () => {
  it('while the lab starts is 130, and leaves no process and no folder', async () => {
    const lab = changed(greetings, ['services', 'names', 'health'], { path: '/', within: '10m' });
    const files = {
      ...greetingsProject({ lab }),
      'experiments/labs/greetings/names.mjs':
        "import { createServer } from 'node:net';\nconst told = () => undefined;\ncreateServer(told).listen(Number(process.env.PORT), '127.0.0.1');\n",
    };
    const project = commandProject(files);
    const { child, ended, line } = project.start('rehearse', 'slow-names');
    await line(/The lab greetings is starting/);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect([code, stdout]).toEqual([130, '']);
    expect(stderr).toMatch(
      /steadfast: interrupted (while the lab 'greetings' was starting|before the run began)/,
    );
    expect(project.processes()).toEqual([]);
    expect(readdirSync(join(project.root, '.steadfast', 'runs'))).toEqual([]);
  });

  it('twice ends everything at once: nobody has seen whether the system recovered', async () => {
    const project = commandProject(long);
    const { child, ended, line } = await inStage(project);
    child.kill('SIGINT');
    await line(/The fault is being ended/);
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect([code, stderr]).toEqual([5, containing('nobody has seen whether the system recovered')]);
    // Killed, not waited for: the kernel takes a moment, and tells nobody but their parent, which is gone.
    await expect.poll(() => project.processes()).toEqual([]);
  });
});

describe('kill -9', () => {
  it('leaves processes that the next rehearsal ends before it starts its own', async () => {
    const project = commandProject(greetingsProject());
    const { child, ended } = await inStage(project);
    child.kill('SIGKILL');
    expect((await ended).signal).toBe('SIGKILL');
    const orphans = project.processes();
    expect(orphans.length).toBeGreaterThanOrEqual(2);
    const next = project.start('rehearse', 'slow-names', '--out', 'run');
    await next.line(/The baseline began/);
    expect(project.processes().filter((pid) => orphans.includes(pid))).toEqual([]);
    const { code, stderr } = await next.ended;
    expect([code, journalOf(project).verdict]).toEqual([0, 'held']);
    expect(stderr).toMatch(new RegExp(`ended ${orphans.length} processes that a killed run had left behind`));
    expect(project.processes()).toEqual([]);
    expect(readdirSync(join(project.root, 'run')).toSorted()).toEqual([
      'journal.json',
      'logs',
      'report.html',
      'samples.ndjson',
    ]);
  });
});
