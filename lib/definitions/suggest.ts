import { closest, distance } from 'fastest-levenshtein';
import type { Problem } from '../experiment/steadfast-error.ts';

/** The candidate that was probably meant: at most a third of its letters are wrong, or two have changed places. */
export function suggest(got: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0 || got === '') return undefined;
  const lower = new Map(candidates.map((candidate) => [candidate.toLowerCase(), candidate]));
  const nearest = closest(got.toLowerCase(), [...lower.keys()]);
  const far = distance(got.toLowerCase(), nearest);
  const near = far <= Math.max(1, Math.floor(nearest.length / 3)) || (far === 2 && sameLetters(got, nearest));
  return near ? lower.get(nearest) : undefined;
}

/**
 * What to say where a name is not known: the one that was probably meant, else all there are.
 *
 * @param otherwise what to say where there is none at all
 */
export function hintFor(got: string, known: readonly string[], otherwise = 'there are: none'): string {
  const meant = suggest(got, known);
  if (meant !== undefined) return `did you mean '${meant}'?`;
  return known.length > 0 ? `there are: ${known.join(', ')}` : otherwise;
}

const lettersOf = (text: string): string => Array.from(text.toLowerCase()).sort().join('');

const sameLetters = (one: string, other: string): boolean => lettersOf(one) === lettersOf(other);

/** A problem with "did you mean" in its hint, where what was written is near something that would have been accepted. */
export function withSuggestion(problem: Problem, got: unknown): Problem {
  if (problem.candidates === undefined || problem.candidates.length === 0 || typeof got !== 'string')
    return problem;
  const meant = suggest(got, problem.candidates);
  const known = `known here: ${problem.candidates.slice(0, 12).join(', ')}${problem.candidates.length > 12 ? ', ...' : ''}`;
  const hint = meant === undefined ? known : `did you mean '${meant}'?`;
  return {
    ...problem,
    hint: problem.hint === undefined || meant !== undefined ? hint : `${problem.hint}; ${known}`,
  };
}
