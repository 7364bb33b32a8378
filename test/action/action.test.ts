import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Answer, jobIn } from './action-here.ts';

const journal = (experiment: string, verdict: string, more: object = {}) => ({
  experiment: { id: experiment },
  verdict,
  summary: `It was ${verdict}.`,
  runId: `${experiment}-1`,
  findings: [],
  ...more,
});
const left = { '--out': 'report', '--junit': '<testsuites/>', '--markdown': '## a run\n' };
const rehearse = (experiment: string, verdict: string, exit: number, more: object = {}): Answer => ({
  when: `rehearse ${experiment}`,
  exit,
  prints: journal(experiment, verdict, more),
  leaves: left,
});

const definition = 'id: slow\nsteadyState:\n  products:\n    http: {}\n';
const files = { 'experiments/slow.yaml': definition };
const list: Answer = {
  when: 'list',
  exit: 0,
  prints: { root: '.', experiments: [{ id: 'slow', file: 'experiments/slow.yaml' }] },
};

describe('the action', () => {
  it('checks with the real command, and annotates the line of each problem', async () => {
    const job = jobIn({ 'experiments/broken.yaml': 'id: broken\ntitel: "a, b: 100%"\n' });
    const { code, stdout } = await job.run({ command: 'check' });
    expect(code).toBe(4);
    expect(stdout).toContain(
      "::error file=experiments/broken.yaml,line=2,title=unknown-key::titel there is no key 'titel' here (did you mean 'title'?)\n",
    );
    expect(job.outputs()).toMatchObject({ 'exit-code': '4', verdict: '', junit: '', results: '' });
    expect(job.summary()).toMatch(
      /^## ❌ check: 8 to mend\n\n```text\nerror: experiments\/broken\.yaml:1: owner is missing/,
    );
  });

  it('rehearses, and passes on the summary, the places of what is left, and the exit code', async () => {
    const job = jobIn(files, [rehearse('slow', 'held', 0)]);
    expect(
      await job.run({ command: 'rehearse', experiments: 'slow', set: 'delay=1s', 'fail-on': 'deviated' }),
    ).toMatchObject({ code: 0 });
    const results = job.outputs()['results'] ?? '';
    expect(results.startsWith(join(job.temporary, 'steadfast-'))).toBe(true);
    expect(job.calls()).toEqual([
      [
        'rehearse',
        'slow',
        '--set',
        'delay=1s',
        '--fail-on',
        'deviated',
        '--out',
        `${results}/run`,
        '--junit',
        `${results}/junit.xml`,
        '--markdown',
        `${results}/summary.md`,
        '--json',
      ],
    ]);
    expect(job.outputs()).toMatchObject({
      verdict: 'held',
      'exit-code': '0',
      'run-id': 'slow-1',
      report: `${results}/run/report.html`,
      junit: `${results}/junit.xml`,
      'artifact-name': results.slice(job.temporary.length + 1),
    });
    expect(job.summary()).toBe('## a run\n\n');
  });

  it('annotates a verdict at the line of the definition that its finding is about', async () => {
    const finding = {
      code: 'tolerance-missed',
      verdict: 'deviated',
      probe: 'products',
      message: 'm',
      hint: 'Mend it,\n100%',
    };
    const job = jobIn(files, [rehearse('slow', 'deviated', 1, { findings: [finding] }), list]);
    const { code, stdout } = await job.run({ experiments: 'slow' });
    expect(code).toBe(1);
    expect(stdout).toContain(
      '::error file=experiments/slow.yaml,line=3,title=slow%3A deviated::It was deviated.%0AMend it,%0A100%25\n',
    );
    expect(job.outputs()).toMatchObject({ verdict: 'deviated', 'exit-code': '1' });
  });

  it('only warns of a verdict that does not fail the step', async () => {
    const job = jobIn(files, [rehearse('slow', 'deviated', 0), list]);
    const { code, stdout } = await job.run({ experiments: 'slow', 'fail-on': 'rejected' });
    expect(code).toBe(0);
    expect(stdout).toContain('::warning file=experiments/slow.yaml,line=1,title=slow%3A deviated::');
  });

  it('runs several in the environment one after the other, each with results of its own, and takes the worst', async () => {
    const run = (id: string, verdict: string, exit: number): Answer => ({
      ...rehearse(id, verdict, exit),
      when: `run ${id}`,
    });
    const job = jobIn(files, [run('slow', 'held', 0), run('lost', 'halted', 3), list]);
    const { code } = await job.run({
      command: 'run',
      experiments: 'slow\n lost',
      environment: 'staging',
      region: 'eu-west-1',
    });
    expect(code).toBe(3);
    const { results = '' } = job.outputs();
    expect(job.calls()).toMatchObject(
      [
        [
          'run',
          'slow',
          '--env',
          'staging',
          '--region',
          'eu-west-1',
          '--on-interrupt',
          'halt',
          '--out',
          `${results}/1/run`,
        ],
        [
          'run',
          'lost',
          '--env',
          'staging',
          '--region',
          'eu-west-1',
          '--on-interrupt',
          'halt',
          '--out',
          `${results}/2/run`,
        ],
        ['list', '--json'],
      ].map((words) => expect.arrayContaining(words) as unknown),
    );
    expect(job.outputs()).toMatchObject({
      verdict: 'halted',
      'run-id': 'slow-1 lost-1',
      junit: `${results}/*/junit.xml`,
      report: results,
    });
  });

  it('begins no further fault where the system did not recover', async () => {
    const job = jobIn(files, [rehearse('slow', 'unrecovered', 5), list]);
    const { code, stdout } = await job.run({ experiments: 'slow, lost' });
    expect(code).toBe(5);
    expect(stdout).toContain('::warning title=Steadfast::Not begun after that: lost\n');
    expect(job.calls()).toHaveLength(2);
  });

  it('rehearses all where none is named, and tells of each that did not hold', async () => {
    const runs = [
      { experiment: 'slow', verdict: 'held', runId: 'slow-1' },
      { experiment: 'lost', verdict: 'not run', runId: null },
      { experiment: 'gone', verdict: 'inconclusive', summary: 'too short', runId: 'gone-1', findings: [] },
    ];
    const prints = {
      verdict: 'rejected',
      runs,
      broken: [{ experiment: 'bad', reasons: ['no id', 'no lab'] }],
    };
    const job = jobIn(files, [{ when: 'rehearse --all', exit: 4, prints, leaves: left }, list]);
    const { stdout } = await job.run({});
    expect(stdout).toContain('::error title=gone%3A inconclusive::too short\n');
    expect(stdout).toContain('::error title=bad%3A rejected::no id; no lab\n');
    expect(job.outputs()).toMatchObject({ verdict: 'rejected', 'run-id': 'slow-1 gone-1', 'exit-code': '4' });
  });

  it('asks the gate, and says why it is closed', async () => {
    const reasons = [
      { experiment: 'slow', reason: 'it is ```old```', next: 'npx steadfast run slow --env staging' },
    ];
    const prints = { service: 'shop', open: false, reasons, experiments: [] };
    const job = jobIn(files, [
      { when: 'gate --service shop --max-age 7d --env staging --json', exit: 4, prints },
    ]);
    expect(
      (await job.run({ command: 'gate', service: 'shop', environment: 'staging', 'max-age': '7d' })).code,
    ).toBe(4);
    expect(job.summary()).toBe(
      '## ❌ gate: closed\n\n````text\nservice shop\nslow: it is ```old```\n  npx steadfast run slow --env staging\n````\n\n',
    );
    const experiments = [{ experiment: 'slow', last: { verdict: 'held', at: '2026-05-01' } }];
    const open = jobIn(files, [
      {
        when: 'gate --service shop --max-age 30d --json',
        exit: 0,
        prints: { ...prints, open: true, reasons: [], experiments },
      },
    ]);
    expect((await open.run({ command: 'gate', service: 'shop' })).code).toBe(0);
    expect(open.summary()).toContain('## ✅ gate: open\n\n```text\nservice shop\nslow: held 2026-05-01\n');
  });

  it('tells what was refused, and what died without a word', async () => {
    const error = {
      code: 'unknown-id',
      message: "there is no experiment 'slwo'",
      hint: "did you mean 'slow'?",
    };
    const refused = jobIn(files, [{ when: 'rehearse', exit: 4, prints: { error } }]);
    expect((await refused.run({ experiments: 'slwo' })).code).toBe(4);
    expect(refused.summary()).toContain(
      "## 🚫 rehearse was refused\n\n```text\nthere is no experiment 'slwo'\ndid you mean 'slow'?\n",
    );
    const died = jobIn(files, [{ when: 'rehearse', exit: 70, prints: 'a stack' }]);
    expect((await died.run({ experiments: 'slow' })).code).toBe(70);
    expect(died.summary()).toContain('## 💥 rehearse ended with exit code 70');
  });

  it('lets nothing that a service prints command the runner', async () => {
    const evil = '::error::fake\n::add-mask::x\n';
    const job = jobIn(files, [{ ...rehearse('slow', 'held', 0), says: evil }]);
    const { stdout, stderr } = await job.run({ experiments: 'slow' });
    expect(stderr).toContain(evil);
    const [, token] = /^::stop-commands::(\S+)$/m.exec(stdout) ?? [];
    expect(token).toMatch(/^[\da-f-]{36}$/);
    expect(stdout.split('\n')).toContain(`::${token}::`);
    expect(evil).not.toContain(token);
  });

  it('hands on the signal that cancels a job, and waits for the run to end', async () => {
    const job = jobIn(files, [{ ...rehearse('slow', 'halted', 3), waits: true }, list]);
    const { child, ended } = job.start({ experiments: 'slow' });
    await new Promise<void>((resolve) => {
      child.stderr.on('data', (chunk: Buffer) => {
        if (chunk.includes('waiting')) resolve();
      });
    });
    child.kill('SIGINT');
    expect((await ended).code).toBe(3);
    expect(job.calls()).toContain('SIGINT');
    expect(job.outputs()).toMatchObject({ verdict: 'halted' });
  });

  it('calls the project’s own Steadfast where it has one, from a folder below as well', async () => {
    const entry = 'process.stdout.write(JSON.stringify({ problems: [], words: process.argv.slice(2) }))';
    const own = 'node_modules/steadfast-chaos';
    const job = jobIn(
      {
        'package.json': 'not JSON',
        [`${own}/package.json`]: { name: 'steadfast-chaos' },
        [`${own}/bin/steadfast.js`]: entry,
        'apps/shop/a.txt': '',
      },
      [rehearse('slow', 'held', 0)],
    );
    expect((await job.run({ command: 'check', 'working-directory': 'apps/shop' })).code).toBe(0);
    expect(job.calls()).toEqual([]);
    expect(job.summary()).toBe('## ✅ check: all is right\n\n');
  });

  it('installs the version that is asked for, apart from the project', async () => {
    const job = jobIn({}, [{ when: 'install', exit: 1, prints: '' }], 'npm');
    const { code, stdout } = await job.run({ command: 'check', version: '^1.2' });
    expect(code).toBe(64);
    expect(stdout).toContain('steadfast-chaos@^1.2 could not be installed');
    const prefix = join(job.temporary, 'steadfast-installed');
    expect(job.calls()).toEqual([
      ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', prefix, 'steadfast-chaos@^1.2'],
    ]);
  });

  it('says what to do where there is no Steadfast', async () => {
    const { code, stdout } = await jobIn({}, [], 'another').run({ command: 'check' });
    expect(code).toBe(64);
    expect(stdout).toMatch(/there is no steadfast-chaos in .+: install the project's packages before/);
  });

  it.each<[Record<string, string>, string]>([
    [{ experiments: '--help' }, "'--help' begins with a dash"],
    [{ 'working-directory': 'gone' }, 'there is no folder gone'],
  ])('refuses %j before anything is called', async (inputs, message) => {
    const job = jobIn(files, [rehearse('slow', 'held', 0)]);
    const { code, stdout } = await job.run(inputs);
    expect(code).toBe(64);
    expect(stdout).toContain('::error title=Steadfast::');
    expect(stdout).toContain(message);
    expect(job.calls()).toEqual([]);
    expect(job.outputs()).toEqual({ 'exit-code': '64' });
  });
});
