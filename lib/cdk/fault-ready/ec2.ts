import type { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnInstance, Instance, type LaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { type IRole, ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { EnvironmentTag } from '../environment-tag.ts';
import { tag } from './environment-tag.ts';
import { refusal } from './refusal.ts';

/** How instances are prepared. */
export interface Ec2FaultOptions {
  readonly environmentTag: EnvironmentTag;
  /**
   * Whether faults run inside the instances, by SSM documents: then their role lets the SSM agent work. The agent itself is part of
   * Amazon Linux and Ubuntu.
   *
   * @default true
   */
  readonly runsInside?: boolean;
}

/**
 * Prepares EC2 instances for faults: one, those of an Auto Scaling group, or those of a launch template. They carry the environment's tag
 * from their launch on, their volumes too, and faults can run inside them. A group that uses a launch template of its own needs both
 * prepared: only the template tags volumes.
 *
 * @example
 * FaultReady.ec2(group, { environmentTag: { key: 'Env', value: 'staging' } });
 *
 * @throws {SteadfastError} `invalid` for instances without a role, where faults shall run inside them
 */
export function ec2(instances: Instance | AutoScalingGroup | LaunchTemplate, options: Ec2FaultOptions): void {
  const { environmentTag, runsInside = true } = options;
  // Of a group CDK has the tag propagated at launch; of a launch template it tags instances and volumes.
  tag(instances, environmentTag);
  if (instances instanceof Instance) {
    const resource = instances.node.defaultChild;
    if (resource instanceof CfnInstance) resource.propagateTagsToVolumeOnCreation = true;
  }
  if (!runsInside) return;
  const role = roleOf(instances);
  if (role === undefined) {
    throw refusal(
      instances,
      'its instances have no role, so no fault can run inside them',
      'give the launch template a role, or say runsInside: false',
    );
  }
  role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore'));
}

function roleOf(instances: Instance | AutoScalingGroup | LaunchTemplate): IRole | undefined {
  try {
    return instances.role;
  } catch {
    // A group throws where its launch template says none.
    return undefined;
  }
}
