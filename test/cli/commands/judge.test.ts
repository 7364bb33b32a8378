import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { valueAt } from '../../../lib/definitions/value-at.ts';
import { journalOf } from '../../fakes/fake-aws-journal.ts';
import { matching } from '../../fakes/matching.ts';
import { at, duringFault, failed, marks, recorded, slow, well } from '../../steady-state/recorded.ts';
import { definition, held, judge, judged, linesOf, withoutBite } from './judged-files.ts';

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
    ['inconclusive', 2, recorded(undefined, { marks: withoutBite })],
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
    expect(notes).toEqual([matching(/^1400 samples of 'product' counted for nothing/)]);
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
    ['of another version', { ...journal(), schemaVersion: 2 }, /a journal of version 2/],
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
