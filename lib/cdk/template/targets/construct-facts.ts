import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnService } from 'aws-cdk-lib/aws-ecs';
import type { ResourceType } from '../../../fis/resource-types.ts';
import type { ConstructResource } from './resource-of.ts';

/** How many resources of a type the constructs make at least; undefined where that is not known. */
export function countIn(
  resources: readonly ConstructResource[],
  resourceType: ResourceType,
): number | undefined {
  const counts = resources.map(({ resource }) => {
    if (CfnService.isCfnService(resource)) return resource.desiredCount;
    if (CfnAutoScalingGroup.isCfnAutoScalingGroup(resource) && resourceType !== 'aws:ec2:autoscaling-group')
      return Number(resource.minSize);
    return 1;
  });
  const sum = counts.reduce<number>((total, count) => total + (count ?? Number.NaN), 0);
  // A token is no number of things: it stands for one as a large negative number.
  return Number.isNaN(sum) || counts.some((count) => count !== undefined && count < 0) ? undefined : sum;
}

/** What the tasks of ECS services run on; undefined where they differ, or there are none. */
export function launchTypeOf(resources: readonly ConstructResource[]): 'fargate' | 'ec2' | undefined {
  const types = new Set(
    resources.flatMap(({ resource }) => (CfnService.isCfnService(resource) ? [typeOf(resource)] : [])),
  );
  return types.size === 1 ? [...types][0] : undefined;
}

function typeOf({ launchType, capacityProviderStrategy }: CfnService): 'fargate' | 'ec2' {
  if (launchType !== undefined) return launchType === 'EC2' ? 'ec2' : 'fargate';
  if (!Array.isArray(capacityProviderStrategy)) return 'fargate';
  const providers = capacityProviderStrategy.flatMap((item) =>
    'capacityProvider' in item ? [item.capacityProvider] : [],
  );
  return providers.every((provider) => provider?.startsWith('FARGATE')) ? 'fargate' : 'ec2';
}

/** What CloudFormation calls the ARN of the types whose ARNs a role or target may need. */
const arnAttributes: Readonly<Record<string, string>> = {
  'AWS::AutoScaling::AutoScalingGroup': 'AutoScalingGroupARN',
  'AWS::DSQL::Cluster': 'ResourceArn',
  'AWS::DynamoDB::GlobalTable': 'Arn',
  'AWS::EKS::Cluster': 'Arn',
  'AWS::IAM::Role': 'Arn',
  'AWS::Kinesis::Stream': 'Arn',
};

/** The ARNs of resources; of other types than those above there are none. */
export const arnsOf = (resources: readonly ConstructResource[]): string[] =>
  resources.flatMap(({ resource }) => {
    const attribute = arnAttributes[resource.cfnResourceType];
    return attribute === undefined ? [] : [resource.getAtt(attribute).toString()];
  });
