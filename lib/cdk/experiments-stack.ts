import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ChaosExperiment } from './chaos-experiment.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import type { DeployableExperiment } from './deployed-experiment.ts';
import { keepOwnTags } from './own-tags.ts';
import { SteadfastEnvironment } from './steadfast-environment.ts';

/** The experiments of one owner in one environment. */
export class ExperimentsStack extends Stack {
  readonly #plans = new Map<string, string>();

  constructor(
    scope: Construct,
    id: string,
    options: {
      readonly owner: string;
      readonly experiments: readonly DeployableExperiment[];
      readonly environment: DeployedEnvironment;
    },
  ) {
    const { owner, experiments, environment } = options;
    super(scope, id, {
      env: environment.place,
      stackName: id,
      // White space would take a sixth of what CloudFormation allows a template.
      suppressTemplateIndentation: true,
      description: `Steadfast: experiments of ${owner} in ${environment.target.id}`,
    });
    // CloudFormation passes a stack's tags on to its resources: the templates would be replaced.
    keepOwnTags(this, {});
    const known = new SteadfastEnvironment(this, 'Environment', {
      names: environment.names,
      deployed: environment,
      isListedByCore: true,
    });
    for (const { definition } of experiments) {
      const { plan } = new ChaosExperiment(this, definition.id, {
        environment: known,
        experiment: definition,
      });
      if (plan !== undefined) this.#plans.set(definition.id, plan);
    }
  }

  /** The mark of each experiment's plan, by its id. */
  get plans(): ReadonlyMap<string, string> {
    return this.#plans;
  }
}
