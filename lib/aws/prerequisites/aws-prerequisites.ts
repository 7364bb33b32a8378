import type { ECSClient } from '@aws-sdk/client-ecs';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SSMClient } from '@aws-sdk/client-ssm';
import {
  type FunctionPrerequisite,
  functionPrerequisites,
  type Prerequisite,
  type TaskPrerequisite,
  taskPrerequisites,
} from '../../fis/prerequisite.ts';
import type { Needs, Prerequisites, Unmet } from '../../run/ports.ts';
import { functionName, functionRules, readFunction } from './function-rules.ts';
import { type Lack, once } from './reading.ts';
import { taskRules } from './task-rules.ts';
import { examineTasks } from './tasks.ts';

interface Clients {
  readonly ecs: ECSClient;
  readonly lambda: LambdaClient;
  readonly ssm: SSMClient;
}

/** The environment tag. */
interface Tag {
  readonly key: string;
  readonly value: string;
}

/** What one target was found to lack. */
type Found = readonly [target: string, lack: Lack];

const isOfTasks = (one: Prerequisite): one is TaskPrerequisite =>
  taskPrerequisites.some((known) => known === one);
const isOfFunctions = (one: Prerequisite): one is FunctionPrerequisite =>
  functionPrerequisites.some((known) => known === one);

/** The targets of those faults that need something of one kind, each once. */
const targetsOf = (needs: readonly Needs[], isOfKind: (one: Prerequisite) => boolean): string[] => [
  ...new Set(
    needs
      .filter(({ prerequisites }) => prerequisites.some(isOfKind))
      .flatMap(({ targets }) => targets.map(({ id }) => id)),
  ),
];

async function lacksOfTasks(
  needs: readonly Needs[],
  options: Clients & { readonly tag: Tag },
): Promise<Found[]> {
  const arns = targetsOf(needs, isOfTasks);
  if (arns.length === 0) return [];
  const tasks = await examineTasks({ ...options, arns });
  const found: Found[] = [];
  for (const { prerequisites, targets } of needs) {
    for (const prerequisite of prerequisites.filter(isOfTasks)) {
      for (const { id } of targets) {
        const read = tasks.get(id);
        if (read === undefined) continue;
        const lack = 'unreadable' in read ? read.unreadable : await taskRules[prerequisite](read.value);
        if (lack !== undefined) found.push([id, lack]);
      }
    }
  }
  return found;
}

async function lacksOfFunctions(needs: readonly Needs[], { lambda }: Clients): Promise<Found[]> {
  const configurationOf = once((arn) => readFunction(lambda, arn));
  const found: Found[] = [];
  for (const { prerequisites, targets, ...where } of needs) {
    for (const prerequisite of prerequisites.filter(isOfFunctions)) {
      for (const { id } of targets) {
        const read = await configurationOf(id);
        const lack =
          'unreadable' in read
            ? read.unreadable
            : functionRules[prerequisite](read.value, { ...where, name: functionName(id) });
        if (lack !== undefined) found.push([id, lack]);
      }
    }
  }
  return found;
}

/** Each thing once, with every target that it keeps from being hit. */
const joined = (found: readonly Found[]): Unmet[] =>
  [...Map.groupBy(found, ([, { what }]) => what).values()].flatMap((same) => {
    const [first] = same;
    return first === undefined
      ? []
      : [{ ...first[1], targets: [...new Set(same.map(([target]) => target))] }];
  });

/** Which services were asked, of how many targets. */
function evidenceOf(needs: readonly Needs[]): string {
  const kinds = [
    { count: targetsOf(needs, isOfTasks).length, name: 'ECS tasks' },
    { count: targetsOf(needs, isOfFunctions).length, name: 'Lambda functions' },
  ].filter(({ count }) => count > 0);
  const asked = [...new Set(needs.flatMap(({ prerequisites }) => prerequisites))].join(', ');
  return kinds.length === 0
    ? 'the actions need nothing of their targets that can be looked at'
    : `${kinds.map(({ count, name }) => `${count} ${name}`).join(' and ')} have what the actions need: ${asked}`;
}

/** What ECS, Systems Manager and Lambda tell of the targets. Each is asked only what the faults need. */
export const createAwsPrerequisites = (options: Clients & { readonly tag: Tag }): Prerequisites => ({
  look: async (needs) => ({
    unmet: joined([...(await lacksOfTasks(needs, options)), ...(await lacksOfFunctions(needs, options))]),
    evidence: evidenceOf(needs),
  }),
});
