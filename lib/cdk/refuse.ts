import { withSuggestion } from '../definitions/suggest.ts';
import { valueAt } from '../definitions/value-at.ts';
import { type Problem, SteadfastError } from '../experiment/steadfast-error.ts';

/**
 * Refuses what a construct was given, with everything that is wrong with it at once. The message holds all of it, since CDK prints
 * nothing else of an error.
 *
 * @param file the path of the construct
 * @throws {SteadfastError} `invalid` where there are problems; each has the construct's path as its file
 */
export function refuse(file: string, given: unknown, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const told = problems.map((problem) => ({ ...suggested(problem, given), file }));
  const count = told.length === 1 ? 'a problem' : `${told.length} problems`;
  throw new SteadfastError(
    'invalid',
    [`${file} cannot be synthesized, for ${count}:`, ...told.flatMap(linesOf)].join('\n'),
    { problems: told },
  );
}

/** What was meant, where it is near what would have been accepted. */
function suggested(problem: Problem, given: unknown): Problem {
  const value = valueAt(given, problem.path);
  const got = problem.code === 'unknown-key' || typeof value !== 'string' ? problem.path.at(-1) : value;
  return withSuggestion(problem, got);
}

const linesOf = ({ path, message, hint }: Problem): string[] => [
  `  ${path.length === 0 ? '' : `${path.join('.')}: `}${message}`,
  ...(hint === undefined ? [] : [`    ${hint}`]),
];
