import type { LoadedEnvironment, LoadedExperiment } from '../../definitions/load-definition.ts';
import { isMeant } from '../../definitions/project.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { planTargetOfEnvironment } from '../../plan/environment-target.ts';
import { planExperiment } from '../../plan/plan-experiment.ts';
import type { RolePlan } from '../../plan/role.ts';
import { type RunnerInput, runnerInputSchema } from '../../plan/runner-input.ts';
import { findExperiment, isFile } from '../find-experiment.ts';

/** An experiment and an environment that the project declares, planned as they would be deployed. */
export interface DeclaredSubject {
  readonly experiment: LoadedExperiment;
  readonly environment: LoadedEnvironment;
  readonly input: RunnerInput;
  readonly role: RolePlan;
}

/** In AWS FIS draws the targets, by no seed of ours. */
const seed = 1;

/**
 * Plans an experiment of the project for an environment of the project; undefined where it has not both, so that only what is deployed can
 * tell.
 *
 * @throws SteadfastError `invalid` where a definition is broken, the experiment is not for that environment, or it cannot run there;
 *   `unknown-id` for a file that is not there
 */
export async function declaredSubject(
  argument: string,
  environmentId: string,
  cwd: string,
): Promise<DeclaredSubject | undefined> {
  const found = await findExperiment(argument, cwd).catch((thrown: unknown) => {
    if (thrown instanceof SteadfastError && thrown.code === 'unknown-id' && !isFile(argument))
      return undefined;
    throw thrown;
  });
  if (found === undefined) return undefined;
  const { experiment, project } = found;
  const environment = project.environments.find(({ id }) => id === environmentId);
  if (environment === undefined) {
    const broken = project.broken.find((one) => one.kind === 'environment' && isMeant(one, environmentId));
    if (broken === undefined) return undefined;
    throw new SteadfastError('invalid', `the environment '${environmentId}' is not valid`, {
      problems: broken.problems,
    });
  }
  if (experiment.parsed.environments?.[environmentId] === undefined) {
    throw new SteadfastError('invalid', `'${experiment.id}' is not deployed to ${environmentId}`, {
      hint: `add ${environmentId}: {} to its environments, which is the opt-in`,
    });
  }
  return { experiment, environment, ...plannedIn(environment, experiment) };
}

/**
 * An experiment as it would be deployed in an environment.
 *
 * @throws SteadfastError `invalid` where it cannot run there
 */
export function plannedIn(
  environment: LoadedEnvironment,
  experiment: LoadedExperiment,
): Pick<DeclaredSubject, 'input' | 'role'> {
  const plan = planExperiment({
    definition: experiment.definition,
    experiment: experiment.parsed,
    target: planTargetOfEnvironment(environment.definition, environment.parsed),
    seed,
    templateId: (stage) => `stage-${stage + 1}`,
  });
  if (plan.role === undefined)
    throw new SteadfastError('internal', 'the plan of an environment has no role for FIS');
  return { input: runnerInputSchema.parse(plan.input), role: plan.role };
}
