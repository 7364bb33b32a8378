import { describe, expect, it } from 'vitest';
import { codesOf, explainHint, hintOfError } from '../../lib/cli/explain-hint.ts';
import { SteadfastError } from '../../lib/experiment/steadfast-error.ts';

const problem = (code: string, severity?: 'note') => ({
  code,
  path: [],
  message: 'is wrong',
  ...(severity === undefined ? {} : { severity }),
});

describe('where more is told', () => {
  it('is one line, with each code once and only some of many', () => {
    expect(explainHint([], false)).toEqual([]);
    expect(explainHint(['a', 'a'], false)).toEqual(['more: steadfast explain a']);
    expect(explainHint(['a', 'b', 'c', 'd', 'e'], false)).toEqual([
      'more: steadfast explain a (also b, c, d)',
    ]);
  });

  it('is of what is wrong, not of notes, nor of slips whose message says all', () => {
    const problems = [problem('no-guard'), problem('not-rehearsable', 'note'), problem('unknown-key')];
    expect(codesOf(problems)).toEqual(['no-guard']);
  });

  it('is of an error’s problems, else of the error where its own words do not say enough', () => {
    const withProblems = new SteadfastError('invalid', 'cannot run', { problems: [problem('no-guard')] });
    expect(hintOfError(withProblems, false)).toEqual(['more: steadfast explain no-guard']);
    expect(hintOfError(new SteadfastError('permission', 'AWS refused it'), false)).toEqual([
      'more: steadfast explain permission',
    ]);
    expect(hintOfError(new SteadfastError('usage', 'say which'), false)).toEqual([]);
  });
});
