import type { ExperimentDefinition } from '../experiment/experiment.ts';
import { type KnownProject, targetsOf } from './known-project.ts';
import { placedWhereItRuns } from './placed-where-it-runs.ts';

/**
 * An experiment after the pattern of another, under an id of its own, on another service where one is named; in the lab and the
 * environments of the other that can run it.
 *
 * @throws {SteadfastError} `invalid` where none of them can
 */
export function copyExperiment(
  original: ExperimentDefinition,
  options: { readonly id: string; readonly service?: string | undefined; readonly project: KnownProject },
): ExperimentDefinition {
  const { id, service, project } = options;
  const { environments = {}, lab, faults, ...rest } = original;
  const copy = {
    ...rest,
    id,
    faults: Object.fromEntries(
      Object.entries(faults).map(([name, fault]) => [
        name,
        service === undefined || !('selector' in fault)
          ? fault
          : { ...fault, selector: { ...fault.selector, service } },
      ]),
    ),
  };
  const places = targetsOf(project).filter((target) =>
    target.kind === 'lab' ? target.id === lab : Object.hasOwn(environments, target.id),
  );
  const what = `a copy of '${original.id}'${service === undefined ? '' : ` for '${service}'`}`;
  return placedWhereItRuns(copy, places, what);
}
