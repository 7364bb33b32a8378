import { type App, Validations } from 'aws-cdk-lib';
import type { Environment, EnvironmentDefinition } from '../experiment/environment.ts';
import { type Problem, SteadfastError } from '../experiment/steadfast-error.ts';
import type { KnownDefinitions } from '../game-day/known-definitions.ts';
import { planGameDay } from '../game-day/plan-game-day.ts';
import type { OpenAction } from '../game-day/retro/open-actions.ts';
import { campaignPartnersOf } from '../plan/campaign-partners.ts';
import { problemsOf } from '../plan/problems.ts';
import { ambiguousNameProblems } from './ambiguous-names.ts';
import { CoreStack } from './core-stack.ts';
import { type DeployedEnvironment, deployedEnvironment } from './deployed-environment.ts';
import type { DeployableExperiment } from './deployed-experiment.ts';
import { ExperimentsStack } from './experiments-stack.ts';
import { fenceOptionsOf } from './fence/fence-options.ts';
import { SteadfastFence } from './fence/steadfast-fence.ts';
import { type DeployableGameDay, onlyIn } from './game-day/deployed-game-day.ts';
import { gameDayProblems } from './game-day/game-day-problems.ts';
import { GameDaysStack } from './game-day/game-days-stack.ts';
import { type BundleName, bundleNames, type HandlerBundles, runBundleNames } from './handler-bundles.ts';
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
  readonly gameDays?: readonly DeployableGameDay[];
  /** What is still to be done of a game day's former editions; nothing where absent. */
  readonly openActionsOf?: (gameDay: string) => readonly OpenAction[];
}

/**
 * Adds the stacks of one environment to an app: core, runner, one of experiments for each owner, and one of game days where there
 * are any. Deployed are the experiments and game days that name the environment.
 *
 * @throws {SteadfastError} `unknown-id` where there is no such environment; `invalid` with every problem of every experiment and game day
 */
export function buildApp(options: {
  readonly app: App;
  readonly project: DeployableProject;
  readonly environmentId: string | undefined;
  /** Bundles handlers, those that are named; asked only once nothing is wrong. */
  readonly handlers: (names: readonly BundleName[]) => HandlerBundles;
}): void {
  const { app, project, handlers } = options;
  const environment = environmentIn(project, options.environmentId);
  const { names, target } = environment;
  const experiments = project.experiments.filter(
    ({ parsed }) => parsed.environments?.[target.id] !== undefined,
  );
  const gameDays = (project.gameDays ?? []).filter(
    ({ parsed }) => parsed.environments?.[target.id] !== undefined,
  );
  refuseProblems(project, { experiments, gameDays }, environment);

  Validations.of(app).addPlugins(new SteadfastFence(fenceOptionsOf(target)));
  const bundles = handlers(gameDays.length === 0 ? runBundleNames : bundleNames);
  const core = new CoreStack(app, names.stack('core'), environment, bundles);
  const runner = new RunnerStack(app, names.stack('runner'), environment, bundles);
  runner.addStackDependency(core);
  const byOwner = Object.groupBy(experiments, ({ parsed }) => parsed.owner);
  const stacks = Object.keys(byOwner)
    .toSorted()
    .map((owner) => {
      const own = byOwner[owner] ?? [];
      const stack = new ExperimentsStack(app, names.stack(`experiments-${owner}`), {
        owner,
        experiments: own,
        environment,
      });
      stack.addStackDependency(runner);
      publishExperiments(core, names, stack.plans);
      return stack;
    });
  if (gameDays.length === 0) return;
  const days = new GameDaysStack(app, names.stack('game-days'), {
    environment,
    gameDays: gameDays.map(({ definition, parsed }) =>
      planGameDay({
        definition,
        gameDay: onlyIn(parsed, target.id),
        target,
        experiments: known(project).experiments,
        openActions: project.openActionsOf?.(parsed.id) ?? [],
      }),
    ),
    experiments: experiments.map(({ parsed }) => parsed),
    bundles,
  });
  // A launcher must have learnt of game days before one of them starts it.
  for (const stack of [runner, ...stacks]) days.addStackDependency(stack);
}

/** The same as a game day looks at it: rehearsals are another's concern. */
const known = ({ experiments, environments }: DeployableProject): KnownDefinitions => ({
  experiments: experiments.map(({ definition, parsed }) => ({ id: definition.id, parsed })),
  environments: environments.map((one) => ({ id: one.parsed.id, ...one })),
  labs: [],
});

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

/** @throws {SteadfastError} `invalid`, with everything that is wrong with the experiments and game days, each and all together */
function refuseProblems(
  project: DeployableProject,
  deployed: Required<Pick<DeployableProject, 'experiments' | 'gameDays'>>,
  environment: DeployedEnvironment,
): void {
  const { experiments, gameDays } = deployed;
  const refuse = (problems: readonly Problem[]) => {
    if (problems.length === 0) return;
    const what = gameDays.length === 0 ? 'experiments' : 'experiments and game days';
    const message = `${what} cannot be deployed to the environment '${environment.target.id}'`;
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
    ...gameDayProblems(gameDays, known(project), environment),
  ]);
  // What cannot be planned has no size.
  refuse(fullStackProblems(experiments, environment));
}
