import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Journal, journalSchema } from '../../lib/run/journal.ts';
import { changed } from '../definitions/told.ts';
import { containing, matching, withFields } from '../fakes/matching.ts';
import { type CommandProject, commandProject, inJson } from './command.ts';
import { greetings, greetingsProject, slowNames } from './greetings.ts';

const journalIn = (folder: string): Journal =>
  journalSchema.parse(JSON.parse(readFileSync(join(folder, 'journal.json'), 'utf8')));

const runsOf = ({ root }: CommandProject): string[] => {
  const folder = join(root, '.steadfast', 'runs');
  return existsSync(folder) ? readdirSync(folder) : [];
};

const labWith = (path: readonly (string | number)[], value: unknown) =>
  greetingsProject({ lab: changed(greetings, path, value) });

describe('a rehearsal', () => {
  it('of what init writes holds, and leaves its files and nothing running', async () => {
    const project = commandProject();
    await project.run('init');
    const { code, stdout, stderr } = await project.run('rehearse', 'slow-names', '--seed', '7');
    expect([code, stderr]).toEqual([0, containing('verdict: held')]);
    expect(stdout).toMatch(
      /held: .*\n[\s\S]*Report: \.steadfast\/runs\/slow-names-\S+\/report\.html\nNext: {3}/,
    );
    const [run = ''] = runsOf(project);
    const folder = join(project.root, '.steadfast', 'runs', run);
    const journal = journalIn(folder);
    expect(journal).toMatchObject({ runId: run, verdict: 'held', mode: 'rehearsal', seed: 7, pace: 0.1 });
    const samples = readFileSync(join(folder, 'samples.ndjson'));
    expect(journal.samples.sha256).toBe(createHash('sha256').update(samples).digest('hex'));
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/i);
    expect(readdirSync(folder).toSorted()).toEqual(['journal.json', 'logs', 'report.html', 'samples.ndjson']);
    expect(project.processes()).toEqual([]);
  });

  it('with --json has the journal on stdout and nothing else, and no colours where none are wanted', async () => {
    const project = commandProject(greetingsProject(), { NO_COLOR: '1' });
    writeFileSync(join(project.root, 'kept.txt'), 'of someone else');
    const { code, stdout, stderr } = await project.run(
      'rehearse',
      'experiments/slow-names.json',
      '--out',
      '.',
      '--json',
    );
    expect(inJson(stdout)).toEqual(journalIn(project.root));
    expect([code, inJson(stdout, 'verdict')]).toEqual([0, 'held']);
    expect(stderr).not.toContain(String.fromCharCode(27));
    expect(readFileSync(join(project.root, 'kept.txt'), 'utf8')).toBe('of someone else');
    expect(project.processes()).toEqual([]);
  });

  it('ends in order though nobody reads its output any more', async () => {
    const project = commandProject(greetingsProject());
    const { child, ended } = project.start('rehearse', 'slow-names', '--out', 'run', '--json');
    child.stdout?.destroy();
    child.stderr?.destroy();
    expect((await ended).code).toBe(0);
    expect(journalIn(join(project.root, 'run')).verdict).toBe('held');
    expect(project.processes()).toEqual([]);
  });

  it('writes no secret anywhere, though the service says it back', async () => {
    const canary = 'c4n4ry-of-a-secret';
    const headers = { authorization: { secret: 'GREETER_KEY' } };
    const echo =
      "import { createServer } from 'node:http';\ncreateServer((q, s) => s.end(JSON.stringify({ n: q.headers.authorization }))).listen(Number(process.env.PORT), '127.0.0.1');\n";
    const http = { service: 'greeter', path: '/', headers, numberOf: '$.n' };
    const experiment = changed(slowNames, ['steadyState', 'greeting'], {
      http,
      tolerances: { errorRate: { below: '1%' } },
    });
    const files = { ...greetingsProject({ experiment }), 'experiments/labs/greetings/greeter.mjs': echo };
    const project = commandProject(files, { GREETER_KEY: canary });
    const { code, stdout, stderr } = await project.run('rehearse', 'slow-names', '--out', 'run', '--json');
    expect([code, inJson(stdout, 'findings', 0, 'rejection')]).toEqual([4, 'unhealthy']);
    expect(stdout + stderr).not.toContain(canary);
    const written = readdirSync(join(project.root, 'run'), { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile(),
    );
    expect(written.length).toBeGreaterThan(3);
    for (const { parentPath, name } of written)
      expect(readFileSync(join(parentPath, name), 'utf8'), name).not.toContain(canary);
    expect(readFileSync(join(project.root, 'run', 'samples.ndjson'), 'utf8')).toContain('***');
  });
});

describe('a rehearsal that cannot begin', () => {
  it.each<[string, readonly string[], Record<string, unknown>, RegExp]>([
    [
      'an unknown id',
      ['slow-name'],
      greetingsProject(),
      /there is no experiment 'slow-name'\n {2}did you mean 'slow-names'\?/,
    ],
    [
      'an unknown file',
      ['experiments/gone.json'],
      greetingsProject(),
      /there is no file experiments\/gone\.json/,
    ],
    ['nothing to rehearse', ['x'], {}, /steadfast init writes a first one/],
    [
      'no lab named',
      ['slow-names'],
      greetingsProject({
        experiment: { ...(changed(slowNames, ['lab'], undefined) as object), environments: {} },
      }),
      /names no lab, so it cannot be rehearsed/,
    ],
    [
      'an unknown lab',
      ['slow-names'],
      greetingsProject({ experiment: { ...slowNames, lab: 'greeting' } }),
      /no lab 'greeting'.*\n {2}did you mean 'greetings'\?/,
    ],
    [
      'a broken lab',
      ['slow-names'],
      labWith(['pace'], 'slow'),
      /the lab 'greetings' .* is not valid\nerror {2}experiments\/labs\/greetings\.json:3 {2}pace\n/,
    ],
  ])('because of %s is 4, and writes nothing', async (_what, words, files, message) => {
    const project = commandProject(files);
    const { code, stdout, stderr } = await project.run('rehearse', ...words);
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(message);
    expect(runsOf(project)).toEqual([]);
  });

  it('because its document is broken tells all problems, and writes nothing', async () => {
    const steps = [
      [['titel'], 'x'],
      [['stages', 0, 'duration'], 'long'],
      [['faults', 'slow', 'selector', 'service'], 'greter'],
    ] as const;
    const experiment = steps.reduce<unknown>(
      (whole, [path, value]) => changed(whole, path, value),
      slowNames,
    );
    const project = commandProject(greetingsProject({ experiment }));
    const { code, stdout, stderr } = await project.run('rehearse', 'slow-names', '--json');
    expect(code).toBe(4);
    expect(inJson(stdout, 'error', 'problems')).toMatchObject([
      { path: ['faults', 'slow', 'selector', 'service'] },
      { path: ['stages', 0, 'duration'] },
      { path: ['titel'] },
    ]);
    expect(stderr).toContain("did you mean 'greeter'?");
    expect(runsOf(project)).toEqual([]);
  });

  it.each([
    ['below a file', 'kept.txt/run'],
    ['that is a file', 'kept.txt'],
    ['in which a folder has the name of a file of the run', 'taken'],
  ])('because its output folder is one %s is 4', async (_what, out) => {
    const project = commandProject({ ...greetingsProject(), 'kept.txt': 'of someone else' });
    mkdirSync(join(project.root, 'taken', 'report.html'), { recursive: true });
    const { code, stderr } = await project.run('rehearse', 'slow-names', '--out', out);
    expect([code, stderr]).toEqual([
      4,
      matching(/the folder .* cannot be written: .*\n {2}choose another one with --out DIR/),
    ]);
    expect(readFileSync(join(project.root, 'kept.txt'), 'utf8')).toBe('of someone else');
    expect(readdirSync(join(project.root, 'taken'))).toEqual(['report.html']);
  });
});

describe('a rehearsal whose lab does not do', () => {
  it.each<[string, readonly (string | number)[], unknown, string, RegExp]>([
    [
      'dies at its start',
      ['services', 'names', 'command'],
      ['node', '-e', "console.error('no database'); process.exit(3)"],
      'lab',
      /names-1 ended with exit code 3 before it was ready; its last lines:\s+no database/,
    ],
    [
      'names a program that is not there',
      ['services', 'names', 'command'],
      ['no-such-program'],
      'lab',
      /the program 'no-such-program' does not exist/,
    ],
    [
      'never gets ready',
      ['services', 'names', 'health'],
      { path: '/', within: '300ms' },
      'lab',
      /names-1 was not ready within 0\.3 s/,
    ],
    [
      'leaves this machine',
      ['services', 'far'],
      { url: 'http://example.com/' },
      'invalid',
      /a rehearsal never leaves this machine/,
    ],
    [
      'cannot play a name',
      ['services', 'names'],
      { notRehearsable: 'there is only one' },
      'invalid',
      /cannot play the service 'names': there is only one/,
    ],
  ])(
    'because it %s is rejected, with a journal and a report',
    async (_what, path, value, rejection, message) => {
      const files = labWith(path, value);
      const isSilent = path.at(-1) === 'health';
      const project = commandProject(
        isSilent
          ? { ...files, 'experiments/labs/greetings/names.mjs': 'setInterval(() => {}, 1000);' }
          : files,
      );
      const { code, stdout } = await project.run('rehearse', 'slow-names', '--out', 'run');
      expect([code, stdout]).toEqual([4, matching(/^\nrejected: /)]);
      const journal = journalIn(join(project.root, 'run'));
      expect(journal).toMatchObject({ verdict: 'rejected', samples: { count: 0 } });
      expect(journal.findings).toContainEqual(withFields({ rejection, message: matching(message) }));
      expect(readdirSync(join(project.root, 'run'))).toEqual(
        expect.arrayContaining(['report.html', 'samples.ndjson']),
      );
      expect(project.processes()).toEqual([]);
    },
  );
});
