import { CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { EnvironmentNames } from '../plan/environment-names.ts';

/** Its function runs for 15 minutes at the most; a little later CloudFormation gives up. */
const serviceSeconds = 930;

/** What CloudFormation asks before it deletes anything that this depends on. */
function createGate(
  scope: Construct,
  names: EnvironmentNames,
  properties: Readonly<Record<string, unknown>>,
): CfnResource {
  return new CfnResource(scope, 'EndRunsFirst', {
    type: 'Custom::SteadfastEndRunsFirst',
    properties: { ServiceToken: names.endRunsArn, ServiceTimeout: serviceSeconds, ...properties },
  });
}

/**
 * Ends the runs of experiments before their FIS roles and templates are deleted, with the stack or without it: FIS undoes a fault by
 * its role. CloudFormation deletes what refers to something first, so this refers to the templates, and they to the roles.
 */
export function endRunsOfExperiment(
  scope: Construct,
  names: EnvironmentNames,
  experiment: { readonly id: string; readonly templates: readonly string[] },
): CfnResource {
  const stack = Stack.of(scope);
  const id = `EndRuns-${names.id}`;
  const found = stack.node.tryFindChild(id);
  const gate = found instanceof ExperimentsGate ? found : new ExperimentsGate(stack, id, names);
  gate.add(experiment.id, experiment.templates);
  return gate.resource;
}

/** One for all experiments of a stack: each resource counts towards the 500 that a stack may have. */
class ExperimentsGate extends Construct {
  readonly resource: CfnResource;
  readonly #experiments = new Map<string, readonly string[]>();

  constructor(scope: Construct, id: string, names: EnvironmentNames) {
    super(scope, id);
    this.resource = createGate(this, names, {
      Scope: 'experiments',
      Experiments: Lazy.any({ produce: () => Object.fromEntries(this.#experiments) }),
    });
  }

  add(id: string, templates: readonly string[]): void {
    this.#experiments.set(id, templates);
  }
}

/** Ends every run of the environment before anything of this stack is deleted: all of it ends runs. Called last. */
export function endAllRunsBefore(stack: Stack, names: EnvironmentNames): void {
  const others = stack.node.children;
  createGate(stack, names, { Scope: 'environment' }).node.addDependency(...others);
}
