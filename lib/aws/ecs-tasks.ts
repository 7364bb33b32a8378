import { DescribeTasksCommand, type ECSClient, type Task } from '@aws-sdk/client-ecs';

/** What DescribeTasks takes in one call (ECS API reference). */
const tasksPerCall = 100;

/** The cluster in a task's ARN, `arn:aws:ecs:<region>:<account>:task/<cluster>/<id>`; undefined for any other. */
export const clusterOf = (arn: string): string | undefined =>
  /^arn:[^:]+:ecs:[^:]*:[^:]*:task\/([^/]+)\/[^/]+$/.exec(arn)?.[1];

/** The tasks of these ARNs that ECS still knows (it forgets a stopped task within the hour), by ARN. */
export async function describeTasks(
  ecs: ECSClient,
  arns: readonly string[],
): Promise<ReadonlyMap<string, Task>> {
  const found = new Map<string, Task>();
  for (const [cluster, tasks] of Map.groupBy(arns, clusterOf)) {
    if (cluster === undefined) continue;
    for (let from = 0; from < tasks.length; from += tasksPerCall) {
      const answer = await ecs.send(
        new DescribeTasksCommand({ cluster, tasks: tasks.slice(from, from + tasksPerCall) }),
      );
      for (const task of answer.tasks ?? []) if (task.taskArn !== undefined) found.set(task.taskArn, task);
    }
  }
  return found;
}

/** Whether a task is at its end: gone, or asked to stop. */
export const isEnding = (task: Task | undefined): boolean =>
  task === undefined || task.desiredStatus === 'STOPPED';
