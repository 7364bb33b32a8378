import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RehearseFlags } from '../../../lib/cli/rehearsals/flags.ts';
import type { Settings } from '../../../lib/cli/rehearsals/messages.ts';
import { rehearseMany } from '../../../lib/cli/rehearsals/rehearse-many.ts';
import type { Ended } from '../../../lib/cli/rehearsals/start-rehearsal.ts';
import type { Verdict } from '../../../lib/experiment/verdict.ts';
import type { Journal } from '../../../lib/run/journal.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { greetings, greetingsProject, slowNames } from '../../end-to-end/greetings.ts';
import { matching } from '../../fakes/matching.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { journalOf } from '../../rehearsal/journal-of.ts';
import { capturedIo } from '../captured-io.ts';
import { expectDocument } from '../documents/expect-document.ts';
import { slowDatabase as foreign } from '../foreign/slow-database.ts';

const experiments = (...ids: readonly string[]) =>
  Object.fromEntries(ids.map((id) => [`experiments/${id}.json`, { ...slowNames, id }]));

const ending = (verdict: Verdict, findings: Journal['findings'] = []): Ended => ({
  journal: { ...journalOf({ verdict }), findings },
});

/** Rehearses without any process: each takes a second, and ends as `outcome` says. */
async function rehearsed(
  files: Readonly<Record<string, unknown>>,
  argument: string | undefined,
  flags: RehearseFlags,
  outcome: (settings: Settings, nth: number) => Ended = () => ending('held'),
  interruptAt = 0,
) {
  const root = temporaryProject(files);
  const captured = capturedIo(root);
  const clock = createVirtualClock();
  const seen: { settings: Settings[]; most: number; halts: string[] } = { settings: [], most: 0, halts: [] };
  let running = 0;
  let drawn = 100;
  let interrupt: (name: NodeJS.Signals) => void = () => undefined;
  const code = await rehearseMany(captured.io, argument, flags, {
    clock,
    machine: { cores: 4, freeMemoryBytes: 64 * 1024 ** 3 },
    drawSeed: () => {
      drawn += 1;
      return drawn;
    },
    onSignal: (listener) => {
      interrupt = listener;
      return () => undefined;
    },
    start: (settings, onEvent) => {
      const nth = seen.settings.push(settings);
      running += 1;
      seen.most = Math.max(seen.most, running);
      onEvent({ kind: 'phase', atMs: clock.now(), phase: 'baseline', waitingFor: 'steady state' });
      if (nth === interruptAt) void Promise.resolve().then(() => interrupt('SIGINT'));
      return {
        halt: (reason) => void seen.halts.push(reason),
        ended: clock.sleep(1_000).then(() => {
          running -= 1;
          return outcome(settings, nth);
        }),
      };
    },
  });
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  return { code, out: captured.out(), err: captured.err(), read, ...seen };
}

describe('all experiments', () => {
  const files = {
    ...greetingsProject(),
    ...experiments('second', 'third'),
    'experiments/unplayed.json': { ...slowNames, id: 'unplayed', lab: 'elsewhere' },
    'experiments/only-in-aws.json': {
      ...slowNames,
      id: 'only-in-aws',
      lab: undefined,
      environments: { staging: {} },
    },
    'experiments/labs/elsewhere.json': {
      ...greetings,
      id: 'elsewhere',
      services: { ...greetings.services, names: { notRehearsable: 'nobody can start it here' } },
    },
  };

  it('are rehearsed each in a process and folder of its own, two at a time on four cores', async () => {
    const { code, settings, most, err } = await rehearsed(files, undefined, { all: true });
    expect([code, most, settings.length]).toEqual([0, 2, 3]);
    expect(new Set(settings.map(({ out }) => out)).size).toBe(3);
    expect(new Set(settings.map(({ seed }) => seed)).size).toBe(3);
    expect(err).toContain('3 rehearsals, 2 at a time\n');
    expect(err).toMatch(/\+0 s {2}second: baseline\n[\s\S]*\+1 s {2}second: held after 1 s\n/);
  });

  it('end in a table with the reasons of what is not held, and of what no lab can play', async () => {
    const { code, out } = await rehearsed(files, undefined, { all: true, out: 'kept' }, (_, nth) =>
      nth === 2 ? ending('deviated') : ending('held'),
    );
    expect(code).toBe(1);
    expect(out).toBe(`
experiment  verdict   seconds  report
second      held          1.0  kept/second/report.html
slow-names  deviated      1.0  kept/slow-names/report.html
  A summary.
third       held          1.0  kept/third/report.html

Not rehearsable:
  only-in-aws: it names no lab
  unplayed: lab 'elsewhere' cannot play the service 'names': nobody can start it here

3 rehearsals: 1 deviated, 2 held, 2 not rehearsable. The worst is deviated.
`);
  });

  it('are written for pipelines, and fail them on what was chosen alone', async () => {
    const flags: RehearseFlags = {
      all: true,
      json: true,
      junit: 'junit.xml',
      markdown: 'summary.md',
      failOn: new Set(['rejected']),
    };
    const died: Ended = { failure: { code: 'internal', message: 'its process ended' } };
    const two = { ...files, 'experiments/broken.json': { id: 'broken' } };
    const run = (third: Ended, given: Readonly<Record<string, unknown>> = files) =>
      rehearsed(given, undefined, flags, (_, nth) => (nth === 2 ? third : ending('held')));
    const passed = await run(ending('deviated'));
    expect(passed.code).toBe(0);
    expect(JSON.parse(passed.out)).toMatchObject({ verdict: 'deviated', exitCode: 0 });
    expect(passed.read('summary.md')).toMatch(
      /^## 3 runs: 1 deviated, 2 held\n\n[\s\S]+- only-in-aws: not rehearsable: it names no lab\n[\s\S]+\*\*Next:\*\* mend/,
    );
    expect(passed.read('junit.xml')).toMatch(/file="experiments\/second\.json"/);
    expect((await run(died)).code).toBe(70);
    const broken = await run(died, two);
    expect(broken.read('summary.md')).toContain('## 4 runs: 1 errored, 1 rejected, 2 held');
    expect(broken.read('junit.xml')).toContain('message="its process ended" type="errored"');
  });

  it('have folders of their own, however many begin within one second', async () => {
    const { settings } = await rehearsed(files, 'second', { repeat: 1_000, parallel: 1_000, json: true });
    expect(new Set(settings.map(({ out }) => out)).size).toBe(1_000);
  });

  it('with --json are one document', async () => {
    const { out } = await rehearsed(files, undefined, { all: true, json: true, seed: 7, parallel: 1 });
    expectDocument('rehearse', out);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      verdict: 'held',
      exitCode: 0,
      parallel: 1,
      seconds: 3,
      counts: { held: 3 },
      runs: [
        { experiment: 'second', verdict: 'held', seconds: 1, seed: 7 },
        { experiment: 'slow-names' },
        { experiment: 'third' },
      ],
      notRehearsable: [{ experiment: 'only-in-aws' }, { experiment: 'unplayed' }],
      broken: [],
      repeats: [],
    });
  });

  it('that leave no record count as what kept them from it', async () => {
    const { code, out } = await rehearsed(files, undefined, { all: true }, (_, nth) =>
      nth === 1
        ? { failure: { code: 'internal', message: 'the process of the rehearsal ended with signal SIGKILL' } }
        : { failure: { code: 'cannot-begin', message: 'the folder cannot be written' } },
    );
    expect(code).toBe(70);
    expect(out).toMatch(/second +errored .*\n {2}the process of the rehearsal ended with signal SIGKILL\n/);
    expect(out).toMatch(/third +rejected .*\n {2}the folder cannot be written\n/);
  });

  it('that cannot be read are rejected, whatever the others came to', async () => {
    const broken = { ...greetingsProject(), 'experiments/odd.json': { ...slowNames, id: 'odd', stages: [] } };
    const { code, out } = await rehearsed(broken, undefined, { all: true });
    expect(code).toBe(4);
    expect(out).toMatch(/Not valid, and so rejected:\n {2}odd: stages .+\n/);
  });

  it('are refused where there is none, or two have one id', async () => {
    await expect(rehearsed({}, undefined, { all: true })).rejects.toMatchObject({ code: 'cannot-begin' });
    const twice = { ...greetingsProject(), 'experiments/other.json': slowNames };
    await expect(rehearsed(twice, undefined, { all: true })).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('Ctrl-C', () => {
  const files = { ...greetingsProject(), ...experiments('second', 'third') };

  it('halts what runs, begins nothing more, and is at best halted', async () => {
    const { code, halts, out } = await rehearsed(
      files,
      undefined,
      { all: true, parallel: 1 },
      (_, nth) => (nth === 1 ? ending('held') : ending('halted')),
      2,
    );
    expect([code, halts]).toEqual([3, ['Ctrl-C was pressed']]);
    expect(out).toMatch(/third +not run\n/);
  });

  it('before any run began is 130', async () => {
    const interrupted: Ended = { failure: { code: 'interrupted', message: 'interrupted' } };
    const { code, out } = await rehearsed(files, undefined, { all: true }, () => interrupted, 1);
    expect(code).toBe(130);
    expect(out).toContain('3 rehearsals: 3 not run.\n');
  });

  it('twice leaves nobody who saw the recovery', async () => {
    const { code, out } = await rehearsed(files, undefined, { all: true }, () => ({ endedAtOnce: true }), 1);
    expect(code).toBe(5);
    expect(out).toContain('nobody has seen whether the system recovered');
  });
});

it('one of another tool many times tells every process what its hosts are here', async () => {
  const map = ['api.myapp.com=greeter', 'postgres=names'];
  const files = { ...greetingsProject(), 'chaos/slow.json': foreign };
  const { settings, err } = await rehearsed(files, 'chaos/slow.json', { repeat: 2, lab: 'greetings', map });
  expect(settings).toMatchObject([
    { file: matching(/chaos\/slow\.json$/), lab: 'greetings', map },
    { lab: 'greetings', map },
  ]);
  expect(err.match(/is taken in as it stands/g)).toHaveLength(1);
});

describe('one experiment many times', () => {
  it('tells how often it came to what, and which findings differ', async () => {
    const { code, out, settings } = await rehearsed(
      greetingsProject(),
      'slow-names',
      { repeat: 3, parallel: 1 },
      (_, nth) =>
        nth === 2
          ? ending('deviated', [
              {
                code: 'tolerance-missed',
                verdict: 'deviated',
                probe: 'greeting',
                message: 'p95 was 300 ms.',
              },
            ])
          : ending('held'),
    );
    expect(code).toBe(1);
    expect(settings.map(({ seed }) => seed)).toEqual([101, 102, 103]);
    expect(out).toContain(
      'slow-names: deviated 1 of 3, held 2 of 3: flaky\n  only in run 2: p95 was 300 ms.\n\n3 rehearsals: 1 deviated, 2 held. The worst is deviated.\n',
    );
  });

  it('has one seed where one is given, and says that it came to the same each time', async () => {
    const finding = { code: 'no-bite', verdict: 'inconclusive', message: 'It did not bite.' } as const;
    const { code, out, settings } = await rehearsed(
      greetingsProject(),
      'slow-names',
      { repeat: 2, seed: 7, out: 'kept' },
      () => ending('inconclusive', [finding]),
    );
    expect([code, settings.map(({ seed }) => seed)]).toEqual([2, [7, 7]]);
    expect(out).toContain('slow-names: inconclusive 2 of 2: the same each time\n');
    expect(out).toContain('kept/slow-names/2/report.html');
    expect(out).not.toContain('only in');
  });
});
