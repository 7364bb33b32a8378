import {
  DescribeServicesCommand,
  type DescribeServicesCommandInput,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  type DescribeTasksCommandInput,
  ECSClient,
  ListTasksCommand,
  type Service,
  type Task,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import {
  DescribeInstanceInformationCommand,
  type DescribeInstanceInformationCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';

const region = { region: 'eu-west-1' };

/** What differs from tasks that every action works on. */
export interface TaskChanges {
  readonly definition?: Partial<TaskDefinition>;
  readonly service?: Partial<Service>;
  readonly task?: Partial<Task>;
  /** Tasks whose agent has not registered, does not answer, or registered without the environment tag. */
  readonly unregistered?: readonly string[];
  readonly silent?: readonly string[];
  readonly untagged?: readonly string[];
}

/** AWS's sidecar beside the application, in a task that faults may be put into. */
const definition: TaskDefinition = {
  taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/shop:12',
  containerDefinitions: [
    { name: 'shop', image: 'shop:1' },
    { name: 'agent', image: 'public.ecr.aws/amazon-ssm-agent/amazon-ssm-agent:latest' },
  ],
  requiresCompatibilities: ['FARGATE'],
  networkMode: 'awsvpc',
  pidMode: 'task',
  enableFaultInjection: true,
  runtimePlatform: { operatingSystemFamily: 'LINUX' },
};

/** The tasks of one ECS service, `shop`, with the SSM agents beside them: as every action wants them, but for the changes. */
export function createFakeEcs(tasks: readonly string[], changes: TaskChanges = {}) {
  const ecs = new ECSClient(region);
  const calls = mockClient(ecs);
  calls.on(DescribeTasksCommand).callsFake((input: DescribeTasksCommandInput) => ({
    tasks: input.tasks
      ?.filter((arn) => tasks.includes(arn))
      .map(
        (taskArn): Task => ({
          taskArn,
          desiredStatus: 'RUNNING',
          healthStatus: 'HEALTHY',
          group: 'service:shop',
          taskDefinitionArn: definition.taskDefinitionArn,
          enableExecuteCommand: false,
          ...changes.task,
        }),
      ),
  }));
  calls
    .on(DescribeTaskDefinitionCommand)
    .callsFake(() => ({ taskDefinition: { ...definition, ...changes.definition } }));
  calls.on(DescribeServicesCommand).callsFake(({ services }: DescribeServicesCommandInput) => ({
    services: services?.map(
      (serviceName): Service => ({
        serviceName,
        status: 'ACTIVE',
        desiredCount: tasks.length,
        runningCount: tasks.length,
        pendingCount: 0,
        deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', failedTasks: 0 }],
        propagateTags: 'SERVICE',
        ...changes.service,
      }),
    ),
  }));
  calls.on(ListTasksCommand).callsFake(() => ({ taskArns: [...tasks] }));

  const ssm = new SSMClient(region);
  const agents = mockClient(ssm);
  const { unregistered = [], silent = [], untagged = [] } = changes;
  agents
    .on(DescribeInstanceInformationCommand)
    .callsFake(({ Filters = [] }: DescribeInstanceInformationCommandInput) => {
      const asked = Filters.find(({ Key }) => Key === 'tag:ECS_TASK_ARN')?.Values ?? [];
      const tagAsked = Filters.length > 1;
      const registered = tasks.filter(
        (arn) => asked.includes(arn) && !unregistered.includes(arn) && !(tagAsked && untagged.includes(arn)),
      );
      return {
        InstanceInformationList: registered.map((arn) => ({
          InstanceId: `mi-${arn}`,
          PingStatus: silent.includes(arn) ? 'ConnectionLost' : 'Online',
        })),
      };
    });
  return { ecs, ssm, calls, agents };
}
