import type { LoadedExperiment, LoadedLab } from '../../definitions/load-definition.ts';
import { brokenOf, type Project } from '../../definitions/project.ts';
import { suggest } from '../../definitions/suggest.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';

/** The lab that an experiment names. @throws SteadfastError `invalid` where it names none, or none that can be read */
export function labOf(experiment: LoadedExperiment, project: Project): LoadedLab {
  const id = experiment.parsed.lab;
  if (id === undefined) {
    throw new SteadfastError(
      'invalid',
      `the experiment '${experiment.id}' names no lab, so it cannot be rehearsed`,
      {
        hint: "add lab: '<id>' to it",
      },
    );
  }
  const lab = project.labs.find((one) => one.id === id);
  if (lab !== undefined) return lab;
  const broken = brokenOf(project, id, 'lab');
  if (broken !== undefined) {
    throw new SteadfastError('invalid', `the lab '${id}' of the experiment '${experiment.id}' is not valid`, {
      problems: broken.problems,
    });
  }
  const meant = suggest(
    id,
    project.labs.map((one) => one.id),
  );
  throw new SteadfastError(
    'invalid',
    `there is no lab '${id}', which the experiment '${experiment.id}' names`,
    meant === undefined ? {} : { hint: `did you mean '${meant}'?` },
  );
}
