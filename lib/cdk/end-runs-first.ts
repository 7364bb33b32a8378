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

/** What a run of an experiment needs of its stack. */
interface NeededByRuns {
  readonly id: string;
  readonly templates: readonly string[];
  /** FIS's. */
  readonly role: string;
}

/**
 * Ends the runs of experiments before their FIS roles and templates are deleted, with the stack or without it, or with another role in
 * its place: FIS undoes a fault by the role that it began with. CloudFormation deletes what refers to something first, so this refers
 * to the templates, and they to the roles.
 */
export function endRunsOfExperiment(
  scope: Construct,
  names: EnvironmentNames,
  experiment: NeededByRuns,
): CfnResource {
  const stack = Stack.of(scope);
  const id = `EndRuns-${names.id}`;
  const found = stack.node.tryFindChild(id);
  const gate = found instanceof ExperimentsGate ? found : new ExperimentsGate(stack, id, names);
  gate.add(experiment);
  return gate.resource;
}

/** One for all experiments of a stack: each resource counts towards the 500 that a stack may have. */
class ExperimentsGate extends Construct {
  readonly resource: CfnResource;
  readonly #experiments: NeededByRuns[] = [];

  constructor(scope: Construct, id: string, names: EnvironmentNames) {
    super(scope, id);
    this.resource = createGate(this, names, {
      Scope: 'experiments',
      Experiments: this.#each(({ templates }) => templates),
      Roles: this.#each(({ role }) => role),
    });
  }

  add(experiment: NeededByRuns): void {
    this.#experiments.push(experiment);
  }

  /** Of all experiments that there will be. */
  #each(what: (experiment: NeededByRuns) => unknown) {
    return Lazy.any({
      produce: () => Object.fromEntries(this.#experiments.map((one) => [one.id, what(one)])),
    });
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

/**
 * Ends the runs of a game day before that is deleted, with the stack or without it: nobody could approve, pause or halt them by it any more.
 * Called last.
 */
export const endRunsOfGameDays = (stack: Stack, names: EnvironmentNames, gameDays: readonly string[]): void =>
  createLastGate(stack, names, { Scope: 'game-days', GameDays: gameDays });

function createLastGate(
  stack: Stack,
  names: EnvironmentNames,
  properties: Readonly<Record<string, unknown>>,
): void {
  const others = stack.node.children;
  createGate(stack, names, properties).node.addDependency(...others);
}
