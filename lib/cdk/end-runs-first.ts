import { CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { GuardAlarm } from '../plan/alarms.ts';
import type { EnvironmentNames } from '../plan/environment-names.ts';

/** Its function runs for 15 minutes at the most; a little later CloudFormation gives up. */
const serviceSeconds = 930;

/** Its id in each stack. CloudFormation lets no resource change the function that it asks. */
const gateId = 'EndRunsGate';

/** What CloudFormation asks before it deletes anything that this depends on. */
function createGate(
  scope: Construct,
  names: EnvironmentNames,
  properties: Readonly<Record<string, unknown>>,
): CfnResource {
  return new CfnResource(scope, gateId, {
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
export const endAllRunsBefore = (stack: Stack, names: EnvironmentNames): void =>
  createLastGate(stack, names, { Scope: 'environment' });

/**
 * Ends every run of the environment before an alarm of a guard is deleted, with the stack or without it: FIS stops on it. An update
 * deletes nothing before this knows which alarms are left. Called last, since its function is in the stack as well.
 */
export const endRunsOnGuards = (stack: Stack, names: EnvironmentNames, guards: readonly GuardAlarm[]): void =>
  createLastGate(stack, names, { Scope: 'guards', Guards: guards.map(({ name }) => name) });

function createLastGate(
  stack: Stack,
  names: EnvironmentNames,
  properties: Readonly<Record<string, unknown>>,
): void {
  const others = stack.node.children;
  createGate(stack, names, properties).node.addDependency(...others);
}
