import type { DeployedEnvironment } from './deployed-environment.ts';
import { pollGuards, readGuards, readMetrics } from './fault-grants.ts';
import { type Grant, grant, grantOnNamed } from './grant.ts';
import { callFunctions } from './rollback-grants.ts';

/** Counting the tasks of the ECS services that the environment declares. */
function countTasks({ target, names }: DeployedEnvironment): readonly Grant[] {
  const declared = Object.values(target.services).flatMap(({ ecs }) => ecs ?? []);
  const clusters = [...new Set(declared.map(({ cluster }) => cluster))];
  if (clusters.length === 0) return [];
  return [
    ...grantOnNamed(
      'Services',
      ['ecs:DescribeServices'],
      declared.map(({ cluster, service }) => names.arn('ecs', `service/${cluster}/${service}`)),
      (arn) => arn,
    ),
    grant(
      'TasksOfServices',
      ['ecs:DescribeTasks'],
      clusters.map((cluster) => names.arn('ecs', `task/${cluster}/*`)),
    ),
    // The reference knows container instances as its resource alone, of which tasks on Fargate have none: its condition confines it.
    ...clusters.map((cluster, index) =>
      grant(`ListTasks${index === 0 ? '' : index + 1}`, ['ecs:ListTasks'], ['*'], {
        conditions: { ArnEquals: { 'ecs:cluster': names.arn('ecs', `cluster/${cluster}`) } },
        unlimited:
          'only tasks of clusters that the environment declares, by a condition; IAM knows no resource that all tasks have',
      }),
    ),
  ];
}

/** What probes need that ask no service over HTTP: for metrics, alarms, ECS services and functions. `calls` are asked of alarms. */
export const lookByProbes = (e: DeployedEnvironment, ...calls: readonly string[]): readonly Grant[] => [
  readMetrics(),
  readGuards(...calls, 'DescribeAlarms'),
  ...pollGuards(e),
  ...callFunctions(e),
  ...countTasks(e),
];
