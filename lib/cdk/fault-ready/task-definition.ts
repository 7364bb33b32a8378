import { Stack } from 'aws-cdk-lib';
import {
  CfnTaskDefinition,
  type ContainerDefinition,
  ContainerImage,
  type LogDriver,
  NetworkMode,
  type TaskDefinition,
} from 'aws-cdk-lib/aws-ecs';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import * as z from 'zod';
import type { EnvironmentTag } from '../environment-tag.ts';
import { tag } from './environment-tag.ts';
import { managedInstanceRole, registrationStatements } from './managed-instance-role.ts';
import { refusal } from './refusal.ts';
import { sidecarScript } from './sidecar-script.ts';

/** Amazon's own image of the SSM agent, as FIS's user guide has it. */
const agentImage = 'public.ecr.aws/amazon-ssm-agent/amazon-ssm-agent:latest';

/** The name of the sidecar's container. */
const sidecarName = 'steadfast-ssm-agent';

/** What an agent at rest needs where a container must say it, in MiB: it is a reservation, not a limit. */
const agentMemoryMiB = 128;

/** How tasks are prepared. */
export interface EcsFaultOptions {
  readonly environmentTag: EnvironmentTag;
  /**
   * The sidecar's image: any that has the SSM agent and either `aws`, `jq` and `ps` or a package manager. Pin it where tasks must be the
   * same tomorrow: `ContainerImage.fromRegistry('public.ecr.aws/amazon-ssm-agent/amazon-ssm-agent@sha256:...')`.
   *
   * @default - `public.ecr.aws/amazon-ssm-agent/amazon-ssm-agent:latest`
   */
  readonly image?: ContainerImage;
  /** Where the sidecar's output goes. @default - nowhere */
  readonly logging?: LogDriver;
  /**
   * The role of tasks as managed instances; without a path, since activations take its name.
   *
   * @default - one that is made for the stack
   */
  readonly managedInstanceRole?: IRole;
}

/**
 * Prepares tasks for the faults that run inside them: the SSM agent beside the application, registered with the environment's tag, and
 * the settings that network faults need. A service of it must still hand on its tags: `FaultReady.ecs` does both. A task role that is
 * imported as immutable is given nothing, so it must be able to register the task already.
 *
 * @example
 * FaultReady.taskDefinition(definition, { environmentTag: { key: 'Env', value: 'staging' } });
 *
 * @throws {SteadfastError} `invalid` for what faults cannot run in: bridge networking, Windows, the processes of the host, two environments
 */
export function taskDefinition(definition: TaskDefinition, options: EcsFaultOptions): ContainerDefinition {
  const { environmentTag, image, logging } = options;
  const written = JSON.stringify({ Key: environmentTag.key, Value: environmentTag.value });
  const existing = prepared.get(definition);
  if (existing !== undefined) {
    if (existing.written === written) return existing.sidecar;
    throw refusal(
      definition,
      'it is already prepared for another environment',
      'give each environment a task definition of its own',
    );
  }
  prepareForNetworkFaults(definition);
  tag(definition, environmentTag);

  const role = options.managedInstanceRole ?? managedInstanceRole(definition, environmentTag);
  for (const statement of registrationStatements(definition, environmentTag, role.roleArn)) {
    definition.taskRole.addToPrincipalPolicy(statement);
  }
  const sidecar = definition.addContainer(sidecarName, {
    image: image ?? ContainerImage.fromRegistry(agentImage),
    essential: false,
    entryPoint: ['/bin/sh', '-c'],
    command: [sidecarScript],
    environment: { MANAGED_INSTANCE_ROLE_NAME: role.roleName, ENVIRONMENT_TAG: written },
    ...(definition.isEc2Compatible ? { memoryReservationMiB: agentMemoryMiB } : {}),
    ...(logging === undefined ? {} : { logging }),
  });
  prepared.set(definition, { sidecar, written });
  return sidecar;
}

/** Several services may run tasks of one definition. */
const prepared = new WeakMap<
  TaskDefinition,
  { readonly sidecar: ContainerDefinition; readonly written: string }
>();

/** What FIS's user guide asks of a task whose network is disturbed. */
function prepareForNetworkFaults(definition: TaskDefinition): void {
  const resource = definition.node.defaultChild;
  if (!(resource instanceof CfnTaskDefinition))
    throw refusal(
      definition,
      'it has no resource of CloudFormation',
      'prepare a task definition of this app',
    );
  if (definition.networkMode !== NetworkMode.AWS_VPC && definition.networkMode !== NetworkMode.HOST) {
    throw refusal(
      definition,
      `its network mode is ${definition.networkMode}, in which FIS cannot disturb a task's network`,
      'use the network mode awsvpc or host',
    );
  }
  if (resource.pidMode !== undefined && resource.pidMode !== 'task') {
    throw refusal(
      definition,
      `its pidMode is ${resource.pidMode}, and FIS needs the processes of the task, no others`,
      'use the pidMode task',
    );
  }
  resource.pidMode = 'task';
  resource.enableFaultInjection = true;
  if (definition.isFargateCompatible) resource.runtimePlatform = linuxPlatform(definition, resource);
}

/** With the pidMode task, Fargate wants to be told what it otherwise assumes (ECS API reference, `pidMode`). */
function linuxPlatform(definition: TaskDefinition, { runtimePlatform }: CfnTaskDefinition) {
  const { cpuArchitecture = 'X86_64', operatingSystemFamily = 'LINUX' } = platformSchema.parse(
    Stack.of(definition).resolve(runtimePlatform) ?? {},
  );
  if (operatingSystemFamily !== 'LINUX') {
    throw refusal(
      definition,
      `its tasks run ${operatingSystemFamily}, where FIS cannot run faults inside a task`,
      'use a Linux platform',
    );
  }
  return { cpuArchitecture, operatingSystemFamily };
}

const platformSchema = z.looseObject({
  cpuArchitecture: z.string().optional(),
  operatingSystemFamily: z.string().optional(),
});
