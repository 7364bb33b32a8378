import { createHash } from 'node:crypto';
import { Lazy, Stack } from 'aws-cdk-lib';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { EnvironmentNames } from '../plan/environment-names.ts';
import { experimentList } from '../plan/experiment-list.ts';

/**
 * Lists experiments, each by the mark of its plan, as deployed in an environment, in parameters of the stack that `scope` is in: admission refuses what no stack
 * lists. Called again in the same stack it adds to what is listed there.
 */
export function publishExperiments(
  scope: Construct,
  names: EnvironmentNames,
  plans: ReadonlyMap<string, string>,
): void {
  const stack = Stack.of(scope);
  const id = `Experiments-${names.id}`;
  const found = stack.node.tryFindChild(id);
  const listed = found instanceof ListedExperiments ? found : new ListedExperiments(stack, id, names);
  for (const [experiment, plan] of plans) listed.add(experiment, plan);
}

/** The experiments of one environment that one stack lists. */
class ListedExperiments extends Construct {
  readonly #names: EnvironmentNames;
  readonly #lists = new Map<string, Map<string, string>>();

  constructor(scope: Construct, id: string, names: EnvironmentNames) {
    super(scope, id);
    this.#names = names;
  }

  add(experiment: string, plan: string): void {
    const part = partOf(experiment);
    const list = this.#lists.get(part) ?? this.#begin(part);
    list.set(experiment, plan);
  }

  /** The list may grow until the stack is written. */
  #begin(part: string): Map<string, string> {
    const list = new Map<string, string>();
    this.#lists.set(part, list);
    new CfnParameter(this, part, {
      type: 'StringList',
      name: `${this.#names.experimentList}/${Stack.of(this).stackName}-${part}`,
      description: `Steadfast: experiments that are deployed in ${this.#names.id}`,
      value: Lazy.string({ produce: () => experimentList(list) }),
    });
    return list;
  }
}

/**
 * Which of sixteen lists an experiment is in: 500 ids of 41 characters with marks of 14, the most there can be, come to 2,300
 * characters a list, and a parameter holds 4,096 (Parameter Store, standard tier). It depends on the id alone. Were the ids cut into
 * lists by their order, a new one would move others from parameter to parameter, and while CloudFormation changes those one after
 * another a scheduled start could find its experiment in none.
 */
const partOf = (experiment: string): string =>
  createHash('sha256').update(experiment).digest('hex').slice(0, 1);
