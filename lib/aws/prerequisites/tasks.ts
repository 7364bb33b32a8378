import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  type ECSClient,
  type Service,
  type Task,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { clusterOf, describeTasks, isEnding } from '../ecs-tasks.ts';
import { lacksOfAgents } from './managed-instances.ts';
import { type Lack, lack, once, type Reading, reading } from './reading.ts';

/** One task, and what is asked of AWS about it only where a rule needs it. */
export interface ExaminedTask {
  readonly task: Task;
  /** As people know it: the task definition's family and revision. */
  readonly definitionName: string;
  readonly definition: () => Promise<Reading<TaskDefinition>>;
  /** Its ECS service by name; undefined for a task that nobody replaces. */
  readonly serviceName: string | undefined;
  readonly service: () => Promise<Reading<Service> | undefined>;
  /** What keeps FIS from running a script in it. */
  readonly agent: () => Promise<Lack | undefined>;
}

/** The last part of an ARN: `shop:12` of a task definition. */
const nameIn = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

/** A task's group says its service: `service:shop` (ECS API reference, Task). */
const serviceOf = ({ group }: Task) => /^service:(.+)$/.exec(group ?? '')?.[1];

/**
 * The tasks of these ARNs. One that has ended meanwhile is left out, since FIS would leave it out; one that ECS cannot be asked
 * about is unreadable.
 */
export async function examineTasks(options: {
  readonly ecs: ECSClient;
  readonly ssm: SSMClient;
  readonly arns: readonly string[];
  readonly tag: { readonly key: string; readonly value: string };
}): Promise<ReadonlyMap<string, Reading<ExaminedTask>>> {
  const { ecs, ssm, arns, tag } = options;
  const examined = new Map<string, Reading<ExaminedTask>>();
  for (const arn of arns.filter((one) => clusterOf(one) === undefined)) {
    examined.set(arn, {
      unreadable: lack(
        `${arn} does not say which cluster it is in, so nothing can be read of it`,
        'Let ECS give new tasks the long form of ARNs (the account setting taskLongArnFormat), and start them anew.',
      ),
    });
  }
  const named = arns.filter((arn) => clusterOf(arn) !== undefined);
  const tasks = await reading('ecs:DescribeTasks', 'the tasks', () => describeTasks(ecs, named));
  if ('unreadable' in tasks) {
    for (const arn of named) examined.set(arn, tasks);
    return examined;
  }
  const definitionOf = once((taskDefinition: string) =>
    reading(
      'ecs:DescribeTaskDefinition',
      `task definition ${nameIn(taskDefinition)}`,
      async () => (await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }))).taskDefinition,
    ),
  );
  const serviceIn = once((key: string) => {
    const [cluster = '', service = ''] = key.split(' ');
    return reading(
      'ecs:DescribeServices',
      `ECS service ${service}`,
      async () =>
        (await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }))).services?.[0],
    );
  });
  const running = [...tasks.value].filter(([, task]) => !isEnding(task));
  let agents: ReturnType<typeof lacksOfAgents> | undefined;
  const agentsOf = () => {
    agents ??= lacksOfAgents(
      ssm,
      running.map(([arn]) => arn),
      tag,
    );
    return agents;
  };
  for (const [arn, task] of running) {
    const { taskDefinitionArn = '' } = task;
    const service = serviceOf(task);
    const value: ExaminedTask = {
      task,
      definitionName: nameIn(taskDefinitionArn),
      definition: () => definitionOf(taskDefinitionArn),
      serviceName: service,
      service: async () => (service === undefined ? undefined : serviceIn(`${clusterOf(arn)} ${service}`)),
      agent: async () => (await agentsOf()).get(arn),
    };
    examined.set(arn, { value });
  }
  return examined;
}
