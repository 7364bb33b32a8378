import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changed } from '../../definitions/told.ts';
import { inJson } from '../../end-to-end/command.ts';
import { greetings, greetingsProject, journalIn, slowNames } from '../../end-to-end/greetings.ts';
import { matching, withFields } from '../../fakes/matching.ts';
import { type CommandHere, commandHere } from '../command-here.ts';

const runsOf = ({ root }: CommandHere): string[] => {
  const folder = join(root, '.steadfast', 'runs');
  return existsSync(folder) ? readdirSync(folder) : [];
};

const labWith = (path: readonly (string | number)[], value: unknown) =>
  greetingsProject({ lab: changed(greetings, path, value) });

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
    const project = commandHere(files);
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
    const project = commandHere(greetingsProject({ experiment }));
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
    const project = commandHere({ ...greetingsProject(), 'kept.txt': 'of someone else' });
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

it('a rehearsal that cannot begin leaves no results of another', async () => {
  const project = commandHere({ ...greetingsProject(), 'junit.xml': 'of another run' });
  expect((await project.run('rehearse', 'slow-nmes', '--junit', 'junit.xml')).code).toBe(4);
  expect(existsSync(join(project.root, 'junit.xml'))).toBe(false);
});

it('a rehearsal whose results cannot be written does not begin', async () => {
  const project = commandHere({ ...greetingsProject(), 'kept.txt': 'of someone else' });
  const { code, stderr } = await project.run('rehearse', 'slow-names', '--junit', 'kept.txt/junit.xml');
  expect([code, stderr]).toEqual([
    4,
    matching(/kept\.txt\/junit\.xml cannot be written: .*\n {2}choose another one with --junit FILE/),
  ]);
  expect(runsOf(project)).toEqual([]);
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
      'goes into the background',
      ['services', 'names', 'command'],
      ['node', '-e', '0'],
      'lab',
      /names-1 ended with exit code 0 before it was ready/,
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
      const project = commandHere(
        isSilent
          ? { ...files, 'experiments/labs/greetings/names.mjs': 'setInterval(() => {}, 1000);' }
          : files,
      );
      const results = ['--junit', 'junit.xml', '--markdown', 'summary.md'];
      const { code, stdout } = await project.run('rehearse', 'slow-names', '--out', 'run', ...results);
      expect([code, stdout]).toEqual([4, matching(/^\nrejected: /)]);
      expect(readFileSync(join(project.root, 'junit.xml'), 'utf8')).toContain('name="verdict" time="0.');
      expect(readFileSync(join(project.root, 'summary.md'), 'utf8')).toMatch(/^## 🚫 \*\*rejected\*\*: /);
      const journal = journalIn(join(project.root, 'run'));
      expect(journal).toMatchObject({ verdict: 'rejected', samples: { count: 0 } });
      expect(journal.findings).toContainEqual(withFields({ rejection, message: matching(message) }));
      expect(readdirSync(join(project.root, 'run'))).toEqual(
        expect.arrayContaining(['report.html', 'samples.ndjson']),
      );
    },
  );
});

describe('a rehearsal whose fault is beyond this machine', () => {
  it('is rejected before its lab starts, with how much there is and what was set', async () => {
    const action = 'lab:memory-pressure';
    const parameters = { mebibytes: { opened: 'size' } };
    const faults = { full: { action, selector: { service: 'names' }, parameters } };
    const experiment = { ...slowNames, opens: { size: [1, 1_000_000] }, faults };
    const project = commandHere(greetingsProject({ experiment }));
    const { code, stdout } = await project.run(
      'rehearse',
      'slow-names',
      '--set',
      'size=1000000',
      '--out',
      'run',
    );
    expect([code, stdout]).toEqual([4, matching(/ask for at most \d+ MiB/)]);
    const journal = journalIn(join(project.root, 'run'));
    expect(journal.set).toEqual({ size: '1000000' });
    expect(journal.findings).toMatchObject([
      {
        rejection: 'invalid',
        message: matching(
          /^this machine cannot carry out lab:memory-pressure: 1000000 MiB of memory are asked for/,
        ),
      },
    ]);
    expect(readdirSync(join(project.root, 'run'))).not.toContain('logs');
  });
});
