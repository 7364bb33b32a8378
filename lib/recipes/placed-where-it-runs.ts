import { type ExperimentDefinition, experimentSchema } from '../experiment/experiment.ts';
import { type Problem, SteadfastError } from '../experiment/steadfast-error.ts';
import { type PlanTarget, targetName } from '../plan/plan-target.ts';
import { problemsOf } from '../plan/problems.ts';

/** An experiment that does not say yet where it runs. */
export type UnplacedExperiment = Omit<ExperimentDefinition, 'lab' | 'environments'>;

/**
 * An experiment in those of the labs and environments that can run it. Production is left out: people opt in to that. Schedules are
 * left out, too: what is new should not start by itself.
 *
 * @param what how a refusal calls it
 * @throws {SteadfastError} `invalid` where none can, with what is in the way
 */
export function placedWhereItRuns(
  draft: UnplacedExperiment,
  targets: readonly PlanTarget[],
  what: string,
): ExperimentDefinition {
  const tried = targets
    .filter(({ production }) => !production)
    .map((target) => ({ target, problems: problemsThere(draft, target) }));
  const able = tried.filter(({ problems }) => problems.length === 0).map(({ target }) => target);
  if (able.length === 0) {
    throw new SteadfastError('invalid', `no lab and no environment but production can run ${what}`, {
      problems: tried.flatMap(({ target, problems }) =>
        problems.map((problem) => ({ ...problem, message: `${targetName(target)}: ${problem.message}` })),
      ),
    });
  }
  const lab = able.find(({ kind }) => kind === 'lab');
  const environments = able.filter(({ kind }) => kind === 'environment');
  return {
    ...draft,
    ...(lab === undefined ? {} : { lab: lab.id }),
    ...(environments.length === 0
      ? {}
      : { environments: Object.fromEntries(environments.map(({ id }) => [id, {}])) }),
  };
}

function problemsThere(draft: UnplacedExperiment, target: PlanTarget): Problem[] {
  const place = target.kind === 'lab' ? { lab: target.id } : { environments: { [target.id]: {} } };
  return problemsOf(experimentSchema.parse({ ...draft, ...place }), target).filter(
    // A note keeps nothing out of an environment; in a lab it says what cannot be played.
    ({ severity }) => target.kind === 'lab' || severity !== 'note',
  );
}
