import { type BaseService, CfnService, type ContainerDefinition } from 'aws-cdk-lib/aws-ecs';
import { tag } from './environment-tag.ts';
import { refusal } from './refusal.ts';
import { type EcsFaultOptions, taskDefinition } from './task-definition.ts';

/**
 * Prepares an ECS service, on Fargate or EC2, for faults: its tasks carry the environment's tag, and faults can run inside them.
 *
 * @example
 * FaultReady.ecs(service, { environmentTag: { key: 'Env', value: 'staging' } });
 *
 * @throws {SteadfastError} `invalid` for ECS Exec, whose agent clashes with the sidecar's, and for what `FaultReady.taskDefinition` refuses
 */
export function ecs(service: BaseService, options: EcsFaultOptions): ContainerDefinition {
  const resource = service.node.defaultChild;
  if (!(resource instanceof CfnService))
    throw refusal(service, 'it has no resource of CloudFormation', 'prepare a service of this app');
  if (resource.enableExecuteCommand !== undefined && resource.enableExecuteCommand !== false) {
    throw refusal(
      service,
      'ECS Exec is on, and its SSM agent clashes with that of faults',
      'set enableExecuteCommand to false',
    );
  }
  tag(service, options.environmentTag);
  // A service that hands on the tags of its task definition does so still: that carries the tag too.
  if (resource.propagateTags !== 'TASK_DEFINITION') resource.propagateTags = 'SERVICE';
  return taskDefinition(service.taskDefinition, options);
}
