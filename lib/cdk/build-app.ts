import { type App, Validations } from 'aws-cdk-lib';
import type { Environment, EnvironmentDefinition } from '../experiment/environment.ts';
import { type Problem, SteadfastError } from '../experiment/steadfast-error.ts';
import { campaignPartnersOf } from '../plan/campaign-partners.ts';
import { problemsOf } from '../plan/problems.ts';
import { ambiguousNameProblems } from './ambiguous-names.ts';
import { CoreStack } from './core-stack.ts';
import { type DeployedEnvironment, deployedEnvironment } from './deployed-environment.ts';
import type { DeployableExperiment } from './deployed-experiment.ts';
import { ExperimentsStack } from './experiments-stack.ts';
import { fenceOptionsOf } from './fence/fence-options.ts';
import { SteadfastFence } from './fence/steadfast-fence.ts';
import type { HandlerBundles } from './handler-bundles.ts';
import { publishExperiments } from './listed-experiments.ts';
import { RunnerStack } from './runner-stack.ts';
import { fullStackProblems } from './stack-size.ts';
import { templateQuotaProblems } from './template-quota.ts';

/** The definitions that an app is made from, each as it was written and read. */
export interface DeployableProject {
  readonly experiments: readonly (DeployableExperiment & { readonly file?: string })[];
  readonly environments: readonly {
    readonly definition: EnvironmentDefinition;
    readonly parsed: Environment;
  }[];
}

/**
 * Adds the stacks of one environment to an app: core, runner, and one of experiments for each owner. Deployed are the
 * experiments that name the environment.
 *
 * @throws {SteadfastError} `unknown-id` where there is no such environment; `invalid` with every problem of every experiment
 */
export function buildApp(options: {
  readonly app: App;
  readonly project: DeployableProject;
  readonly environmentId: string | undefined;
  /** Bundles the handlers; asked only once nothing is wrong. */
  readonly handlers: () => HandlerBundles;
}): void {
  const { app, project, handlers } = options;
  const environment = environmentIn(project, options.environmentId);
  const { names, target } = environment;
  const experiments = project.experiments.filter(
    ({ parsed }) => parsed.environments?.[target.id] !== undefined,
  );
  refuseProblems(project, experiments, environment);

  Validations.of(app).addPlugins(new SteadfastFence(fenceOptionsOf(target)));
  const bundles = handlers();
  const core = new CoreStack(app, names.stack('core'), environment, bundles);
  const runner = new RunnerStack(app, names.stack('runner'), environment, bundles);
  runner.addStackDependency(core);
  const byOwner = Object.groupBy(experiments, ({ parsed }) => parsed.owner);
  for (const owner of Object.keys(byOwner).toSorted()) {
    const own = byOwner[owner] ?? [];
    const stack = new ExperimentsStack(app, names.stack(`experiments-${owner}`), {
      owner,
      experiments: own,
      environment,
    });
    stack.addStackDependency(runner);
    publishExperiments(core, names, stack.plans);
  }
}

function environmentIn({ environments }: DeployableProject, id: string | undefined): DeployedEnvironment {
  const known = environments.map(({ parsed }) => parsed.id).toSorted();
  const found = environments.find(({ parsed }) => parsed.id === id);
  const all = environments.map(({ parsed }) => parsed);
  if (found !== undefined) return deployedEnvironment(found.definition, found.parsed, all);
  const hint =
    known.length === 0
      ? 'define one under experiments/environments/'
      : `name one of them with -c env=NAME: ${known.join(', ')}`;
  if (id === undefined)
    throw new SteadfastError('usage', 'an app is synthesized for one environment, and none is named', {
      hint,
    });
  throw new SteadfastError('unknown-id', `no environment is called '${id}'`, { hint });
}

/** @throws {SteadfastError} `invalid`, with everything that is wrong with the experiments, each and all together */
function refuseProblems(
  project: DeployableProject,
  experiments: DeployableProject['experiments'],
  environment: DeployedEnvironment,
): void {
  const refuse = (problems: readonly Problem[]) => {
    if (problems.length === 0) return;
    const message = `experiments cannot be deployed to the environment '${environment.target.id}'`;
    throw new SteadfastError('invalid', message, { problems });
  };
  const environments = project.environments.map(({ parsed }) => parsed);
  refuse([
    ...experiments.flatMap(({ parsed, file }) =>
      problemsOf(parsed, environment.target)
        .filter(({ severity }) => severity !== 'note')
        .map((problem): Problem => ({ ...problem, file: file ?? parsed.id })),
    ),
    ...templateQuotaProblems(
      project.experiments.map(({ parsed }) => parsed),
      environments,
      environment.parsed,
    ),
    ...ambiguousNameProblems(environments, environment.parsed),
    ...campaignPartnersOf(environment.parsed, environments).problems.map(
      (problem): Problem => ({
        ...problem,
        file: environment.target.id,
      }),
    ),
  ]);
  // What cannot be planned has no size.
  refuse(fullStackProblems(experiments, environment));
}
