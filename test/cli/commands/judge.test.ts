import { createHash } from 'node:crypto';
import { symlinkSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { main } from '../../../lib/cli/main.ts';
import { valueAt } from '../../../lib/definitions/value-at.ts';
import type { Observation } from '../../../lib/steady-state/observation.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { journalOf } from '../../fakes/fake-aws-journal.ts';
import { at, duringFault, failed, marks, recorded, slow, well } from '../../steady-state/recorded.ts';

/** By what the samples are judged; its lab and its environment are nowhere. */
const definition = {
  id: 'slow-database',
  title: 'A slow database does not slow the shop',
  owner: 'team-shop',
  hypothesis: 'If the database answers late, products still come at once.',
  baseline: '30s',
  steadyState: {
    products: {
      http: { service: 'shop', path: '/products' },
      rate: '10/s',
      tolerances: { p95: { below: '250ms' }, errorRate: { below: '5%' } },
    },
  },
  faults: { stop: { action: 'aws:ecs:stop-task', selector: { service: 'shop' } } },
  stages: [{ share: '100%', duration: '1m' }],
  recovery: { objective: '30s' },
  environments: { nowhere: {} },
};

const stricter = {
  ...definition,
  steadyState: {
    products: { ...definition.steadyState.products, tolerances: { p95: { below: '100ms' } } },
  },
};

const linesOf = (observations: readonly Observation[]) =>
  observations.map((one) => `${JSON.stringify(one)}\n`).join('');

const held = linesOf(recorded());

/** What the command says of files in a folder of their own. */
async function judge(files: Readonly<Record<string, unknown>>, ...words: readonly string[]) {
  const cwd = temporaryProject({ 'experiment.yaml': definition, 'stricter.yaml': stricter, ...files });
  const [stdout, stderr] = [new PassThrough(), Object.assign(new PassThrough(), { columns: 80, rows: 24 })];
  const io = { cwd, stdout, stderr, isTerminal: false, stdoutColours: false, stderrColours: false };
  const [out, err] = [text(stdout), text(stderr)];
  const code = await main(['judge', ...words], io, '0.0.0');
  stdout.end();
  stderr.end();
  return { code, out: await out, err: await err };
}

const documentSchema = z.looseObject({
  verdict: z.string(),
  findings: z.array(z.looseObject({ code: z.string(), message: z.string(), hint: z.string().optional() })),
  stages: z.array(z.unknown()),
  recovery: z.unknown(),
  notes: z.array(z.string()),
});

/** The document that it prints for samples alone. */
async function judged(samples: unknown, experiment = 'experiment.yaml') {
  const { code, out, err } = await judge(
    { 'samples.ndjson': samples },
    'samples.ndjson',
    '--experiment',
    experiment,
    '--json',
  );
  const document = documentSchema.parse(JSON.parse(out));
  return { code, err, ...document, codes: document.findings.map((finding) => finding.code) };
}

describe('judging samples alone', () => {
  it('gives the verdict with its exit code, and looks nothing up', async () => {
    expect(await judged(held)).toMatchObject({
      code: 0,
      verdict: 'held',
      findings: [],
      stages: [{ label: 'all', bite: true, start: at(30), end: at(90) }],
      recovery: { met: true },
      err: '',
    });
  });

  it.each([
    ['deviated', 1, recorded((second) => (duringFault(second) ? slow : well))],
    ['unrecovered', 5, recorded((second) => (second >= 30 ? failed : well))],
    ['unrecovered', 5, recorded((second) => (second >= 90 ? undefined : well))],
    ['rejected', 4, recorded((second) => (second < 30 ? slow : well))],
    [
      'inconclusive',
      2,
      recorded(undefined, { marks: marks.filter(({ mark }) => mark !== 'recovery-end') }).filter(
        (one) => one.at < at(100),
      ),
    ],
    ['inconclusive', 2, recorded(undefined, { marks: marks.map(({ bite: _, ...mark }) => mark) })],
  ])('ends as %s with %i', async (verdict, code, observations) => {
    expect(await judged(linesOf(observations))).toMatchObject({ verdict, code });
  });

  it('tells people the same', async () => {
    const samples = linesOf(recorded((second) => (duringFault(second) ? slow : well)));
    const { code, out, err } = await judge(
      { 'samples.ndjson': samples },
      'samples.ndjson',
      '--experiment',
      'experiment.yaml',
    );
    expect(code).toBe(1);
    expect(out).toMatch(/^deviated: Stage all, products: p95 was missed/);
    expect(out).toMatch(/products +p95 +below 250ms .*missed\n/);
    expect(out).toContain('Recovery: back after');
    expect(err).toBe('');
  });

  it('needs a definition to judge by', async () => {
    const { code, err } = await judge({ 'samples.ndjson': held }, 'samples.ndjson');
    expect(code).toBe(4);
    expect(err).toContain('steadfast judge samples.ndjson --experiment FILE');
  });

  it('says which samples counted for nothing, and that what nobody saw is unknown', async () => {
    const { code, notes, codes } = await judged(held.replaceAll('"products"', '"product"'));
    expect(code).not.toBe(0);
    expect(codes).toContain('baseline-unknown');
    expect(notes).toEqual([expect.stringMatching(/^1400 samples of 'product' counted for nothing/)]);
  });

  it.each([
    ['a byte order mark', `\uFEFF${held}`],
    ['carriage returns', held.replaceAll('\n', '\r\n')],
    ['blank lines', `\n${held}\n  \n`],
    ['no line feed at the end', held.trimEnd()],
  ])('is the same with %s', async (_, samples) => {
    expect(await judged(samples)).toMatchObject({ code: 0, verdict: 'held', findings: [] });
  });
});

describe('samples that are not as they should be', () => {
  const lines = held.trimEnd().split('\n');
  const withLine = (index: number, line: string) => lines.with(index, line).join('\n');

  it.each([
    ['no JSON', 'hello', /^Line 4: is no JSON/],
    ['NaN', `{"at":"${at(1)}","probe":"products","latencyMs":NaN}`, /^Line 4: holds NaN/],
    [
      'infinite',
      `{"at":"${at(1)}","probe":"products","latencyMs":1e999}`,
      /^Line 4, latencyMs: 'latencyMs' is larger/,
    ],
    [
      'negative',
      `{"at":"${at(1)}","probe":"products","latencyMs":-1}`,
      /^Line 4, latencyMs: 'latencyMs' is -1/,
    ],
    ['a time that never was', '{"at":"yesterday","probe":"products"}', /^Line 4, at: 'yesterday' is no time/],
    [
      'a doubled mark',
      `{"at":"${at(1)}","mark":"baseline-start"}`,
      /^Line 4, mark: the mark 'baseline-start' is there again/,
    ],
    [
      'a field of another name',
      `{"at":"${at(1)}","probe":"products","latencyms":1}`,
      /^Line 4, latencyms: a sample has no field/,
    ],
  ])('are refused with their line, and how to mend it: %s', async (_, line, message) => {
    const refused = await judged(withLine(3, line));
    expect(refused).toMatchObject({ code: 4, verdict: 'rejected', stages: [] });
    expect(refused.findings).toEqual([
      expect.objectContaining({
        code: 'rejected-invalid',
        message: expect.stringMatching(message),
        hint: expect.stringMatching(/\w/),
      }),
    ]);
    expect(refused.err).toContain('samples.ndjson:4');
    expect(refused.err).not.toContain(' at ');
  });

  it('suggest the field that was meant', async () => {
    const { findings } = await judged(withLine(3, `{"at":"${at(1)}","probe":"products","latencyms":1}`));
    expect(findings[0]?.hint).toBe("did you mean 'latencyMs'?");
  });

  it('tell the first problems of many', async () => {
    const { code, findings, err } = await judged('no\n'.repeat(10_000));
    expect(code).toBe(4);
    expect(findings).toHaveLength(20);
    expect(err).toContain('the first 20 problems are told');
  });

  it.each([
    ['empty', ''],
    ['blank', '\n \n'],
  ])('that are %s are refused', async (_, samples) => {
    expect(await judged(samples)).toMatchObject({ code: 4, verdict: 'rejected' });
  });

  it.each([
    ['no text', new Uint8Array([0xff, 0xfe, 0x41, 0x00]), /UTF-8/],
    ['one endless line', 'x'.repeat(3_000_000), /longer than 1 MiB/],
  ])('that are %s are refused', async (_, samples, message) => {
    const { code, findings } = await judged(samples);
    expect(code).toBe(4);
    expect(findings[0]?.message).toMatch(message);
  });

  it('are judged in the order of time where they are out of order, and never hold', async () => {
    const shuffled = [...lines.slice(700), ...lines.slice(0, 700)].join('\n');
    expect(await judged(shuffled)).toMatchObject({
      code: 2,
      verdict: 'inconclusive',
      findings: [{ code: 'out-of-order', message: expect.stringMatching(/^Line \d+: .*, as are \d+ more/) }],
      stages: [{ tolerances: [{ state: 'met' }, { state: 'met' }] }],
    });
  });

  it('count once where they are there twice, and never hold', async () => {
    const bad = recorded((second) => (second === 40 ? failed : well));
    const [failure] = bad.filter((one) => 'status' in one && one.status === 500);
    if (failure === undefined) throw new Error('nothing failed');
    const index = bad.indexOf(failure);
    const twice = await judged(linesOf([...bad.slice(0, index), failure, failure, ...bad.slice(index)]));
    expect(twice).toMatchObject({
      code: 2,
      codes: ['repeated'],
      stages: [{ tolerances: [{ samples: 600 }, { samples: 600, observed: 1 / 600 }] }],
    });
    expect(twice.findings[0]?.message).toMatch(/, as is one more; each counted once\.$/);
  });
});

describe('files that cannot be judged', () => {
  it('are missing, folders, or not to be read', async () => {
    const missing = await judge({}, 'samples.ndjson', '--experiment', 'experiment.yaml');
    expect(missing).toMatchObject({
      code: 4,
      err: expect.stringContaining('there is no file samples.ndjson'),
    });
    const folder = await judge({ 'run/journal.json': '{}' }, 'run');
    expect(folder).toMatchObject({ code: 4, err: expect.stringContaining('run/journal.json') });
  });

  it('say so where the system does not let them be read', async () => {
    const cwd = temporaryProject({});
    symlinkSync('loop', `${cwd}/loop`);
    const { code, err } = await judge({}, `${cwd}/loop`, '--experiment', 'experiment.yaml');
    expect(code).toBe(4);
    expect(err).toContain('cannot be read');
  });

  it('are devices and pipes, which can be read once only', async () => {
    const { code, err } = await judge({}, '/dev/null', '--experiment', 'experiment.yaml');
    expect(code).toBe(4);
    expect(err).toContain('no file that can be read more than once');
  });

  it.each([
    ['broken.yaml', 'title: [', /broken\.yaml:1/],
    ['broken.yaml', { ...definition, steadyStat: {} }, /did you mean 'steadyState'/],
    ['absent.yaml', undefined, /there is no file absent\.yaml/],
  ])('have no definition to be judged by: %s', async (name, content, message) => {
    const files = { 'samples.ndjson': held, ...(content === undefined ? {} : { [name]: content }) };
    const { code, err } = await judge(files, 'samples.ndjson', '--experiment', name);
    expect(code).toBe(4);
    expect(err).toMatch(message);
  });
});

describe('judging a journal', () => {
  const samples = linesOf(
    recorded((second) => (duringFault(second) ? { latencyMs: 200, status: 200 } : well)),
  );
  const journal = (more: Parameters<typeof journalOf>[0] = {}, of = samples) =>
    journalOf({
      experiment: { id: definition.id, title: definition.title, hash: 'a', definition },
      samples: {
        file: 'samples.ndjson',
        sha256: createHash('sha256').update(of).digest('hex'),
        count: of.split('\n').length - 1,
      },
      ...more,
    });
  const files = (more: Parameters<typeof journalOf>[0] = {}) => ({
    'run/journal.json': journal(more),
    'run/samples.ndjson': samples,
  });

  it('judges by its own definition, its own samples, and what it knows beside them', async () => {
    expect(await judge(files(), 'run/journal.json')).toMatchObject({ code: 0, err: '' });
    const halted = await judge(
      files({
        verdict: 'halted',
        findings: [
          { code: 'halted-by-guard', verdict: 'halted', message: 'A guard ended it.', recorded: true },
          { code: 'tolerance-missed', verdict: 'deviated', message: 'Something that samples do not say.' },
        ],
      }),
      'run/journal.json',
      '--json',
    );
    expect(halted.code).toBe(3);
    expect(valueAt(JSON.parse(halted.out), ['findings'])).toMatchObject([{ code: 'halted-by-guard' }]);
  });

  it('tells what a stricter tolerance would have said, and what the run itself did', async () => {
    const { code, out } = await judge(files(), 'run/journal.json', '--experiment', 'stricter.yaml');
    expect(code).toBe(1);
    expect(out).toMatch(/^deviated: Stage all, products: p95 was missed/);
    expect(out).toContain('Note: The run itself concluded with held.');
  });

  it('does not take for a miss what another definition ended the fault for', async () => {
    const stage = {
      label: 'all',
      faults: [],
      targets: [],
      tolerances: [],
      windows: [],
      bite: [],
      halt: { by: 'watch' as const, reason: 'it was slow', at: at(90) },
    };
    const watched = {
      verdict: 'deviated' as const,
      stages: [stage],
      findings: [
        {
          code: 'tolerance-missed',
          verdict: 'deviated' as const,
          message: 'It was ended early.',
          recorded: true as const,
        },
      ],
    };
    expect((await judge(files(watched), 'run/journal.json')).code).toBe(1);
    const looser = {
      ...files(watched),
      'looser.yaml': { ...definition, title: 'A looser one' },
    };
    const { code, out } = await judge(looser, 'run/journal.json', '--experiment', 'looser.yaml', '--json');
    expect(code).toBe(2);
    expect(valueAt(JSON.parse(out), ['findings'])).toMatchObject([{ code: 'cut-short' }]);
  });

  it.each([
    ['changed', { 'run/samples.ndjson': `${samples}\n` }, /is not what run run-1 left/],
    ['missing', { 'run/samples.ndjson': undefined }, /the samples of run\/journal\.json are missing/],
  ])('refuses samples that are %s', async (_, change, message) => {
    const all = Object.entries({ ...files(), ...change }).filter(([, content]) => content !== undefined);
    const { code, err } = await judge(Object.fromEntries(all), 'run/journal.json');
    expect(code).toBe(4);
    expect(err).toMatch(message);
  });

  it.each([
    ['none at all', '{', /is no journal that can be read/],
    ['another document', { id: 'x' }, /is no journal that can be read/],
    ['of another version', { ...journal(), schemaVersion: 2 }, /schemaVersion/],
    [
      'without a definition to read',
      journal({ experiment: { id: 'a', title: 'A', hash: 'b', definition: {} } }),
      /--experiment FILE/,
    ],
  ])('refuses a journal that is %s', async (_, content, message) => {
    const { code, err } = await judge({ ...files(), 'run/journal.json': content }, 'run/journal.json');
    expect(code).toBe(4);
    expect(err).toMatch(message);
  });
});
