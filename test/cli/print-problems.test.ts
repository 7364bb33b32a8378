import { describe, expect, it } from 'vitest';
import { pathText, problemJson, problemLines } from '../../lib/cli/print-problems.ts';

const problem = {
  code: 'unknown-name',
  message: 'no lab is called x',
  hint: "did you mean 'y'?",
  path: ['stages', 0, 'share'],
  file: '/project/experiments/a.yaml',
  line: 7,
  candidates: ['y'],
};

describe('a problem', () => {
  it('is told with its place, what is wrong, and how to mend it', () => {
    expect(problemLines(problem, '/project', false)).toEqual([
      'error  experiments/a.yaml:7  stages[0].share',
      '       no lab is called x',
      "       did you mean 'y'?",
    ]);
  });

  it('is told without what it does not have', () => {
    const { code, message } = problem;
    expect(problemLines({ code, message, path: [] }, '/project', false)).toEqual([
      'error',
      `       ${message}`,
    ]);
    expect(problemLines({ code, message, path: [], severity: 'note' }, '/', false)[0]?.trim()).toBe('note');
  });

  it('is coloured only where that is asked for', () => {
    const colour = String.fromCharCode(27);
    expect(problemLines(problem, '/project', true).join('')).toContain(colour);
    expect(problemLines(problem, '/project', false).join('')).not.toContain(colour);
  });

  it('is in JSON with its severity, and without what it was compared with', () => {
    const { candidates: _, ...rest } = problem;
    expect(problemJson(problem)).toEqual({ severity: 'error', ...rest });
    expect(problemJson({ ...problem, severity: 'note' })).toMatchObject({ severity: 'note' });
  });

  it('has its path as it is written in code', () => {
    expect(pathText([])).toBe('');
    expect(pathText(['a', 'b', 0, 1, 'c'])).toBe('a.b[0][1].c');
    expect(pathText([0])).toBe('[0]');
  });
});
