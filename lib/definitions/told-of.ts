import type { Problem } from '../experiment/steadfast-error.ts';
import { type Broken, type Loaded, placed } from './load-definition.ts';
import { withSuggestion } from './suggest.ts';
import { valueAt } from './value-at.ts';

/** What was found wrong with a definition, each problem with file, line and suggestion. */
export const toldOf = <D, P>(loaded: Loaded<D, P>, problems: readonly Problem[]): Problem[] =>
  problems.map((problem) => placed(suggested(problem, loaded.definition), loaded));

/** Everything that is wrong with a definition that does not fit its schema: that, and what is found wrong with the rest of it. */
export function toldOfBroken<P>(broken: Broken<P>, problemsIn: (parsed: P) => readonly Problem[]): Problem[] {
  const { salvaged } = broken;
  if (salvaged === undefined) return inOrder(broken.problems);
  const others = problemsIn(salvaged.parsed)
    .map((problem) => suggested(problem, salvaged.value))
    .flatMap((problem) => salvaged.inDocument(problem) ?? []);
  return inOrder([...broken.problems, ...others.map((problem) => placed(problem, broken))]);
}

/** In the order of the file's lines, where it has some. */
const inOrder = (problems: readonly Problem[]): Problem[] =>
  problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));

const suggested = (problem: Problem, definition: unknown): Problem =>
  withSuggestion(problem, valueAt(definition, problem.path) ?? problem.path.at(-1));
