import type { Project } from '../../definitions/project.ts';
import { suggest } from '../../definitions/suggest.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { planTargetOfEnvironment } from '../../plan/environment-target.ts';
import { hashOf } from '../../plan/hash.ts';
import { planTargetOfLab } from '../../plan/lab-target.ts';
import type { PlanTarget } from '../../plan/plan-target.ts';
import { touchedServicesOf } from '../../plan/selection.ts';
import { proposalsFor } from '../../recipes/proposal.ts';
import type { ServiceToTest } from '../../report/resilience.ts';
import { knownProjectOf } from '../new/known-project.ts';

/**
 * The services of an environment, or of the labs, each with the experiments that are deployed there and can touch it, and with what no
 * experiment tests.
 *
 * @throws SteadfastError `unknown-id` for an environment that the project has not, `invalid` where there is no service
 */
export function servicesToTest(project: Project, environment: string | undefined): readonly ServiceToTest[] {
  refuseUnknown(project, environment);
  refuseUnknown(project, environment);
  const there = project.experiments.flatMap((one) => {
    const target = targetOf(project, one.parsed, environment);
    if (target === undefined) return [];
    return [
      {
        id: one.id,
        hash: hashOf(one.definition),
        touches: touchedServicesOf(one.parsed, target),
        parsed: one.parsed,
      },
    ];
  });
  const known = {
    ...knownProjectOf(project),
    experiments: there.map(({ parsed }) => parsed),
  };
  const targets = environment === undefined ? known.labs : environmentIn(known.environments, environment);
  const names = [...new Set(targets.flatMap(({ services }) => Object.keys(services)))];
  if (names.length === 0) {
    throw new SteadfastError('invalid', 'nothing here names a service, so there is nothing to cover', {
      hint: 'steadfast init writes a first lab and environment',
    });
  }
  return names.map((service) => ({
    service,
    experiments: there
      .filter(({ touches }) => touches.includes(service))
      .map(({ id, hash }) => ({ id, hash })),
    untested: (proposalsFor(service, known) ?? [])
      .filter(({ testedBy, service: broken }) => testedBy.length === 0 && broken === service)
      .map(({ breakage }) => breakage.what),
  }));
}

function refuseUnknown({ environments }: Project, id: string | undefined): void {
  const known = environments.map((one) => one.id);
  if (id === undefined || known.includes(id)) return;
  const meant = suggest(id, known);
  throw new SteadfastError('unknown-id', `this project has no environment '${id}'`, {
    hint: meant === undefined ? `it has: ${known.join(', ') || 'none'}` : `did you mean '${meant}'?`,
  });
}

const environmentIn = (environments: readonly PlanTarget[], id: string): readonly PlanTarget[] =>
  environments.filter((one) => one.id === id);

/** Where an experiment runs of what is asked for; undefined where it does not. */
function targetOf(
  project: Project,
  experiment: Project['experiments'][number]['parsed'],
  environment: string | undefined,
): PlanTarget | undefined {
  if (environment === undefined) {
    const lab = project.labs.find(({ id }) => id === experiment.lab);
    return lab && planTargetOfLab(lab.definition, lab.parsed);
  }
  if (experiment.environments?.[environment] === undefined) return undefined;
  const found = project.environments.find(({ id }) => id === environment);
  return found && planTargetOfEnvironment(found.definition, found.parsed);
}
