import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggest, withSuggestion } from '../../lib/definitions/suggest.ts';

const keys = ['id', 'title', 'owner', 'hypothesis', 'steadyState', 'faults', 'stages', 'lab'];

describe('a suggestion', () => {
  it.each([
    ['tilte', 'title'],
    ['onwer', 'owner'],
    ['fautls', 'faults'],
    ['steadystate', 'steadyState'],
    ['hypotesis', 'hypothesis'],
    ['la', 'lab'],
    ['Stages', 'stages'],
  ])('for %s is %s', (got, meant) => {
    expect(suggest(got, keys)).toBe(meant);
  });

  it.each(['', 'x', 'recovery', 'environments'])('is not made for %j', (got) => {
    expect(suggest(got, keys)).toBeUndefined();
  });

  it('is always one of the candidates, and the word itself where that is one', () => {
    fc.assert(
      fc.property(fc.string(), fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/)), (got, candidates) => {
        const meant = suggest(got, candidates);
        if (meant !== undefined) expect(candidates).toContain(meant);
        for (const candidate of candidates) expect(suggest(candidate, candidates)).toBe(candidate);
      }),
    );
  });
});

describe('a problem', () => {
  const problem = { code: 'c', path: [], message: 'm', candidates: keys };

  it('gets the suggestion as its hint, or what is known, beside the hint that it has', () => {
    expect(withSuggestion(problem, 'tilte').hint).toBe("did you mean 'title'?");
    expect(withSuggestion(problem, 'zzz').hint).toBe(`known here: ${keys.join(', ')}`);
    expect(withSuggestion({ ...problem, hint: 'add it' }, 'zzz').hint).toBe(
      `add it; known here: ${keys.join(', ')}`,
    );
  });

  it('stays as it is where nothing could be meant', () => {
    expect(withSuggestion({ ...problem, candidates: [] }, 'title')).not.toHaveProperty('hint');
    expect(withSuggestion(problem, 5)).not.toHaveProperty('hint');
  });
});
