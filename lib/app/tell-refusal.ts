import { problemLines } from '../cdk/problem-lines.ts';
import { type LoadedExperiment, type LoadedGameDay, placed } from '../definitions/load-definition.ts';
import { withSuggestion } from '../definitions/suggest.ts';
import { valueAt } from '../definitions/value-at.ts';
import type { Problem, SteadfastError } from '../experiment/steadfast-error.ts';

/** Says on stderr what is wrong, all of it, and how to mend it; the process ends with 1 then, and with it the CDK command. */
export function tellRefusal(
  { message, hint, problems }: SteadfastError,
  written: readonly (LoadedExperiment | LoadedGameDay)[],
): void {
  const lines = problemLines({
    message,
    hint,
    problems: problems.map((problem) => withItsPlace(problem, written)),
  });
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = 1;
}

/** Problems of planning name the file of their experiment or game day; line and suggestion are found in what was written there. */
function withItsPlace(problem: Problem, written: readonly (LoadedExperiment | LoadedGameDay)[]): Problem {
  const document = written.find(({ file }) => file === problem.file);
  if (document === undefined) return problem;
  return placed(
    withSuggestion(problem, valueAt(document.definition, problem.path) ?? problem.path.at(-1)),
    document,
  );
}
