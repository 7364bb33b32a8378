import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import type { TaskPrerequisite } from '../../fis/prerequisite.ts';
import { type Lack, lack } from './reading.ts';
import type { ExaminedTask } from './tasks.ts';

/** What a task lacks of one prerequisite; undefined where it lacks nothing. */
type TaskRule = (examined: ExaminedTask) => Promise<Lack | undefined>;

/** AWS's image under whatever registry mirrors it, or the variable that AWS's registration command reads. */
const isAgent = ({ image = '', environment = [] }: ContainerDefinition): boolean =>
  /(^|\/)amazon-ssm-agent([:@]|$)/.test(image) ||
  environment.some(({ name, value }) => name === 'MANAGED_INSTANCE_ROLE_NAME' && Boolean(value));

const hasAgent = ({ containerDefinitions = [] }: TaskDefinition) => containerDefinitions.some(isAgent);

/** A rule on the task definition; where that cannot be read, that is what is lacking. */
const onDefinition =
  (rule: (definition: TaskDefinition, name: string) => Lack | undefined): TaskRule =>
  async ({ definition, definitionName }) => {
    const read = await definition();
    return 'unreadable' in read
      ? read.unreadable
      : rule(read.value, `task definition ${definitionName || 'without a name'}`);
  };

/** Fargate takes a shared process namespace only where the definition says its operating system. */
const platformHint = ({ requiresCompatibilities = [], runtimePlatform }: TaskDefinition) =>
  requiresCompatibilities.includes('FARGATE') && runtimePlatform?.operatingSystemFamily === undefined
    ? ' and, for Fargate, runtimePlatform.operatingSystemFamily to LINUX'
    : '';

/** One rule for each prerequisite of tasks. */
export const taskRules: Readonly<Record<TaskPrerequisite, TaskRule>> = {
  'propagated-tags': async ({ service, serviceName = '' }) => {
    const read = await service();
    if (read === undefined) return undefined;
    if ('unreadable' in read) return read.unreadable;
    const { propagateTags } = read.value;
    if (propagateTags === 'SERVICE' || propagateTags === 'TASK_DEFINITION') return undefined;
    return lack(
      `ECS service ${serviceName} does not propagate tags, so that a task which replaces another would not carry the environment tag`,
      `Tag the service, set its propagateTags to SERVICE, and deploy it with new tasks.`,
    );
  },
  'ssm-sidecar': onDefinition((definition, name) =>
    hasAgent(definition)
      ? undefined
      : lack(
          `${name} has no container with the SSM agent`,
          "Add a container with the image public.ecr.aws/amazon-ssm-agent/amazon-ssm-agent, MANAGED_INSTANCE_ROLE_NAME and AWS's registration command, and deploy the service.",
        ),
  ),
  'registered-task': async (examined) => {
    const read = await examined.definition();
    // Without an agent there is nothing to register, which another rule says.
    if ('unreadable' in read || !hasAgent(read.value)) return undefined;
    return examined.agent();
  },
  'ecs-exec-off': async ({ task, serviceName, definitionName }) =>
    task.enableExecuteCommand === true
      ? lack(
          `ECS Exec is on for tasks of ${serviceName === undefined ? definitionName : `ECS service ${serviceName}`}, and its agent clashes with the one that FIS uses`,
          'Set enableExecuteCommand of the service to false, and deploy it with new tasks: a running task keeps it.',
        )
      : undefined,
  'fault-injection-enabled': onDefinition((definition, name) =>
    definition.enableFaultInjection === true
      ? undefined
      : lack(
          `${name} does not have enableFaultInjection`,
          'Set enableFaultInjection to true in the task definition, and deploy the service.',
        ),
  ),
  'shared-pid-mode': onDefinition((definition, name) =>
    definition.pidMode === 'task'
      ? undefined
      : lack(
          `${name} has ${definition.pidMode === undefined ? 'no pidMode' : `pidMode ${definition.pidMode}`}, and FIS needs task`,
          `Set pidMode to task in the task definition${platformHint(definition)}, and deploy the service.`,
        ),
  ),
  'task-network-mode': onDefinition(({ networkMode }, name) =>
    networkMode === 'awsvpc' || networkMode === 'host'
      ? undefined
      : lack(
          `${name} has network mode ${networkMode ?? 'bridge, by default'}, and FIS needs awsvpc or host`,
          'Set networkMode to awsvpc in the task definition, and deploy the service.',
        ),
  ),
};
