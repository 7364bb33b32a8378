import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PipelineFlags } from '../../../lib/cli/pipeline/flags.ts';
import { openResults } from '../../../lib/cli/pipeline/results.ts';
import type { Verdict } from '../../../lib/experiment/verdict.ts';
import { barelyTold } from '../../../lib/report/told-run.ts';
import { temporaryProject } from '../../definitions/temporary-project.ts';
import { matching } from '../../fakes/matching.ts';
import { readXml } from '../../report/junit/read-xml.ts';
import { capturedIo } from '../captured-io.ts';

const run = (verdict: Verdict) => barelyTold({ experiment: { id: 'slow' }, verdict, summary: 'why' });

const both: PipelineFlags = { junit: 'results/junit.xml', markdown: 'results/summary.md' };

async function opened(flags: PipelineFlags, files: Readonly<Record<string, unknown>> = {}) {
  const root = temporaryProject(files);
  const captured = capturedIo(root);
  return { ...captured, root, results: await openResults(captured.io, flags) };
}

describe('what a pipeline reads of one run', () => {
  it('is written whole, and nothing else is left there', async () => {
    const { results, root, err } = await opened(both);
    expect(readdirSync(join(root, 'results'))).toEqual([]);
    expect(await results.ofOne(run('deviated'))).toBe(1);
    expect(readdirSync(join(root, 'results')).sort()).toEqual(['junit.xml', 'summary.md']);
    expect(readXml(readFileSync(join(root, 'results/junit.xml'), 'utf8')).attributes['failures']).toBe('1');
    expect(readFileSync(join(root, 'results/summary.md'), 'utf8')).toMatch(/^## ❌ \*\*deviated\*\*: slow\n/);
    expect(err()).toBe('');
  });

  it('is nothing where nothing is asked for', async () => {
    const { results, root } = await opened({});
    expect(await results.ofOne(run('held'))).toBe(0);
    expect(readdirSync(root)).toEqual([]);
  });

  it.each([
    ['held', 0, ''],
    ['deviated', 1, ''],
    ['inconclusive', 0, 'By --fail-on, this does not fail on inconclusive.\n'],
    ['halted', 0, 'By --fail-on, this does not fail on halted.\n'],
    ['rejected', 0, 'By --fail-on, this does not fail on rejected.\n'],
    ['unrecovered', 5, 'Whatever --fail-on names, this fails on unrecovered: it cannot be ignored.\n'],
    ['errored', 70, 'Whatever --fail-on names, this fails on errored: it cannot be ignored.\n'],
  ] as const)('ends %s with %i by --fail-on deviated, and says so', async (verdict, code, said) => {
    const { results, err } = await opened({ failOn: new Set(['deviated']) });
    expect(await results.ofOne(run(verdict))).toBe(code);
    expect(err()).toBe(said);
  });
});

it('of many is the exit code that they came to, and tells of each verdict that does not count', async () => {
  const { results, root, err } = await opened({ ...both, failOn: new Set(['deviated']) });
  const runs = [run('halted'), run('held'), run('inconclusive'), run('halted')];
  expect(await results.ofMany({ runs, leftOut: [{ name: 'b', reason: 'no lab' }], exit: 0 })).toBe(0);
  expect(err()).toBe('By --fail-on, this does not fail on halted and inconclusive.\n');
  expect(readXml(readFileSync(join(root, 'results/junit.xml'), 'utf8')).children).toHaveLength(5);
  expect(readFileSync(join(root, 'results/summary.md'), 'utf8')).toContain('- b: no lab');
});

describe('before anything is run', () => {
  it('what an earlier run left is gone, so that it is not taken for this one', async () => {
    const { root } = await opened(both, { 'results/junit.xml': 'old', 'results/summary.md': 'old' });
    expect(readdirSync(join(root, 'results'))).toEqual([]);
  });

  it.each([
    ['a folder', (root: string) => mkdirSync(join(root, 'junit.xml'))],
    ['a link', (root: string) => symlinkSync('elsewhere', join(root, 'junit.xml'))],
  ])('%s is refused in place of the file, and stays as it is', async (_, make) => {
    const root = temporaryProject({});
    make(root);
    await expect(openResults(capturedIo(root).io, { junit: 'junit.xml' })).rejects.toMatchObject({
      code: 'cannot-begin',
      message: matching(/junit\.xml cannot be written: it is no file/),
      hint: 'choose another one with --junit FILE',
    });
    expect(readdirSync(root)).toEqual(['junit.xml']);
  });

  it('a folder that cannot be made is refused', async () => {
    const root = temporaryProject({ taken: 'a file' });
    await expect(openResults(capturedIo(root).io, { markdown: 'taken/a.md' })).rejects.toMatchObject({
      code: 'cannot-begin',
      hint: 'choose another one with --markdown FILE',
    });
  });

  it('a file that is read is refused, and stays as it is', async () => {
    const root = temporaryProject({ 'journal.json': 'read' });
    const opening = openResults(capturedIo(root).io, { markdown: './journal.json' }, [
      undefined,
      'journal.json',
    ]);
    await expect(opening).rejects.toMatchObject({
      code: 'usage',
      hint: 'give the results a file of their own',
    });
    expect(readFileSync(join(root, 'journal.json'), 'utf8')).toBe('read');
  });

  it('one file for both is refused', async () => {
    await expect(opened({ junit: 'a/b', markdown: './a/b' })).rejects.toMatchObject({ code: 'usage' });
  });
});

it('a verdict stands where its files cannot be written in the end, and is never 0 then', async () => {
  const { results, root, err } = await opened(both);
  rmSync(join(root, 'results'), { recursive: true });
  writeFileSync(join(root, 'results'), '');
  expect(await results.ofOne(run('held'))).toBe(4);
  expect(await results.ofOne(run('deviated'))).toBe(1);
  expect(err()).toMatch(/^The results could not be written: .+\n/);
  expect(existsSync(join(root, 'results.unfinished'))).toBe(false);
});
