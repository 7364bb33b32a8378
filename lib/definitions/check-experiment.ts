import type { Problem } from '../experiment/steadfast-error.ts';
import { planTargetOfEnvironment } from '../plan/environment-target.ts';
import { planTargetOfLab } from '../plan/lab-target.ts';
import type { PlanTarget } from '../plan/plan-target.ts';
import { problemsOf } from '../plan/problems.ts';
import { type LoadedExperiment, placed } from './load-definition.ts';
import { valueAt } from './problems-of-issues.ts';
import type { Project } from './project.ts';
import { withSuggestion } from './suggest.ts';

/**
 * What keeps an experiment from running in any environment or lab that it names, each problem with file, line and suggestion.
 * Definitions that do not fit their schema are not known here: their own problems say so.
 */
export function checkExperiment(loaded: LoadedExperiment, project: Project): Problem[] {
  const { parsed, definition } = loaded;
  const problems: Problem[] = [];
  const targets: PlanTarget[] = [];
  for (const id of Object.keys(parsed.environments ?? {})) {
    const found = project.environments.find((one) => one.id === id);
    if (found === undefined)
      problems.push(unknown('environment', id, ['environments', id], project.environments));
    else targets.push(planTargetOfEnvironment(found.definition, found.parsed));
  }
  if (parsed.lab !== undefined) {
    const found = project.labs.find((one) => one.id === parsed.lab);
    if (found === undefined) problems.push(unknown('lab', parsed.lab, ['lab'], project.labs));
    else targets.push(planTargetOfLab(found.definition, found.parsed));
  }
  problems.push(...targets.flatMap((target) => problemsOf(parsed, target)));
  return problems.map((problem) =>
    placed(withSuggestion(problem, valueAt(definition, problem.path) ?? problem.path.at(-1)), loaded),
  );
}

const unknown = (
  kind: string,
  id: string,
  path: Problem['path'],
  known: readonly { id: string }[],
): Problem =>
  withSuggestion(
    {
      code: 'unknown-name',
      path,
      message: `no ${kind} is called '${id}'`,
      candidates: known.map((one) => one.id),
    },
    id,
  );
