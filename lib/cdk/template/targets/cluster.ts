import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isArn } from '../arn-kinds.ts';
import type { BoundTarget, TargetContext } from '../bound-target.ts';
import type { ClusterTargetOptions } from '../fis-target.ts';

/** One cluster by its ARN, which is the only way that FIS takes it, and the namespace that everything stays in. */
export function bindCluster(
  { cluster, namespace }: ClusterTargetOptions,
  { template }: TargetContext,
): BoundTarget {
  const clusterArn = clusterArnOf(cluster, template);
  return {
    body: { resourceArns: [clusterArn] },
    problems: [],
    atLeast: 1,
    arns: [clusterArn],
    inCluster: { namespace },
  };
}

/** The ARN of a cluster; of a name, of the cluster of that name in the account and Region of a construct. */
export function clusterArnOf(cluster: ClusterTargetOptions['cluster'], scope: IConstruct): string {
  if (typeof cluster !== 'string') return cluster.clusterArn;
  return isArn(cluster)
    ? cluster
    : Stack.of(scope).formatArn({ service: 'eks', resource: 'cluster', resourceName: cluster });
}
