import { symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { containing, matching, withFields } from '../../fakes/matching.ts';
import { at, failed, recorded, well } from '../../steady-state/recorded.ts';
import { definition, held, judge, judged, linesOf } from './judged-files.ts';

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
      withFields({
        code: 'rejected-invalid',
        message: matching(message),
        hint: matching(/\w/),
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
      findings: [{ code: 'out-of-order', message: matching(/^Line \d+: .*, as are \d+ more/) }],
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
      err: containing('there is no file samples.ndjson'),
    });
    const folder = await judge({ 'run/journal.json': '{}' }, 'run');
    expect(folder).toMatchObject({ code: 4, err: containing('run/journal.json') });
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
