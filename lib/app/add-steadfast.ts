import type { App } from 'aws-cdk-lib';
import { buildApp } from '../cdk/build-app.ts';
import { openActionsIn } from '../definitions/kept-retros.ts';
import { loadProject, type Project } from '../definitions/project.ts';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { withHandlers } from './handlers.ts';
import { tellRefusal } from './tell-refusal.ts';

/** Where definitions are, and for which environment the app is synthesized. */
export interface SteadfastOptions {
  /** The folder that holds `experiments/`; by default the current one, which is the one of `cdk.json`. */
  readonly directory?: string | undefined;
  /** The environment's id; by default what the context `env` says: `npx cdk synth -c env=staging`. */
  readonly environment?: string | undefined;
}

/**
 * Adds the stacks of one environment to a CDK app: one that all runs share, one with the runner, one of experiments for each
 * owner, and one of game days where there are any. It reads the definitions under `experiments/` (TypeScript, JavaScript, YAML,
 * JSON) and deploys the experiments and game days that name the environment. From then on the app refuses every FIS template that could leave the environment, whoever wrote it;
 * hence one environment for each synthesis.
 *
 * Where something is wrong, nothing is added: everything that is wrong is told on stderr, with its place and how to mend it, and
 * the process will end with 1, which ends the `cdk` command, too.
 *
 * @returns whether the stacks were added
 * @example
 * ```ts
 * import { App } from 'aws-cdk-lib';
 * import { addSteadfast } from 'steadfast-chaos/cdk';
 *
 * const app = new App();
 * await addSteadfast(app);
 * ```
 */
export async function addSteadfast(app: App, options: SteadfastOptions = {}): Promise<boolean> {
  let project: Project | undefined;
  try {
    project = await loadProject(options.directory ?? process.cwd());
    refuseBroken(project);
    const { root } = project;
    const deployable = {
      ...project,
      openActionsOf: (gameDay: string) => openActionsIn(root, gameDay),
    };
    const environmentId: unknown = options.environment ?? app.node.tryGetContext('env');
    await withHandlers((handlers) => {
      buildApp({
        app,
        project: deployable,
        environmentId: typeof environmentId === 'string' ? environmentId : undefined,
        handlers,
      });
    });
    return true;
  } catch (thrown) {
    if (!(thrown instanceof SteadfastError)) throw thrown;
    tellRefusal(thrown, [...(project?.experiments ?? []), ...(project?.gameDays ?? [])]);
    return false;
  }
}

function refuseBroken({ problems }: Project): void {
  const broken = problems.filter(({ severity }) => severity !== 'note');
  if (broken.length > 0)
    throw new SteadfastError('invalid', 'definitions cannot be read', { problems: broken });
}
