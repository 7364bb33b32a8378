import type { ExperimentDefinition } from '../experiment/experiment.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { freeId } from './free-id.ts';
import { idsOf, type KnownProject, targetsOf } from './known-project.ts';
import { ownerOf } from './owner-of.ts';
import { placedWhereItRuns, type UnplacedExperiment } from './placed-where-it-runs.ts';
import type { Proposal } from './proposal.ts';
import { steadyStateOf } from './steady-state-of.ts';

/**
 * An experiment for a proposal, as the project would have it: in the labs and the environments that can run it, production left
 * out, since that is for people to decide.
 *
 * @param id its id; made from what it breaks where absent
 * @throws {SteadfastError} `invalid` where nothing can be seen of the service, or no environment and no lab can run it
 */
export function draftExperiment(
  proposal: Proposal,
  project: KnownProject,
  id?: string,
): ExperimentDefinition {
  const { service, recipe, breakage } = proposal;
  const steadyState = steadyStateOf(service, project);
  if (steadyState === undefined) {
    throw new SteadfastError(
      'invalid',
      `nothing can be seen of the service '${service}': neither it nor a service that uses it has a URL, and no guard has a metric`,
      { hint: `give services.${service}.url in an environment, or say which service uses '${service}'` },
    );
  }
  const draft = {
    id: id ?? freeId(breakage.id, idsOf(project)),
    title: breakage.title,
    description: recipe.teaches,
    owner: ownerOf(service, project),
    hypothesis: breakage.hypothesis,
    baseline: '2m',
    steadyState,
    faults: breakage.faults,
    stages: breakage.stages,
    recovery: { within: '10%', objective: '2m' },
  } as const satisfies UnplacedExperiment;
  return placedWhereItRuns(draft, targetsOf(project), `'${recipe.id}' for '${service}'`);
}
