import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { type DeployableExperiment, DeployedExperiment } from './deployed-experiment.ts';
import { keepOwnTags } from './own-tags.ts';

/** The experiments of one owner in one environment. */
export class ExperimentsStack extends Stack {
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
    for (const experiment of experiments) new DeployedExperiment(this, experiment, environment);
  }
}
