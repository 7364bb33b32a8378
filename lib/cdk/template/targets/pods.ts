import type { Problem } from '../../../experiment/steadfast-error.ts';
import type { BoundTarget, TargetContext } from '../bound-target.ts';
import type { PodTargetOptions } from '../fis-target.ts';
import { clusterArnOf } from './cluster.ts';

/** Pods of a namespace, which FIS finds by parameters alone. */
export function bindPods(options: PodTargetOptions, { path, template }: TargetContext): BoundTarget {
  const { cluster, namespace, serviceAccount, container, availabilityZone, atLeast } = options;
  const clusterArn = clusterArnOf(cluster, template);
  const selectors = selectorsIn(options);
  const [selector] = selectors;
  return {
    body: {
      parameters: {
        clusterIdentifier: clusterArn,
        namespace,
        ...(selector === undefined ? {} : { selectorType: selector.type, selectorValue: selector.value }),
        ...(container === undefined ? {} : { targetContainerName: container }),
        ...(availabilityZone === undefined ? {} : { availabilityZoneIdentifier: availabilityZone }),
      },
    },
    problems: selectorProblems(selectors.length, path),
    atLeast,
    arns: [clusterArn],
    inCluster: { namespace, serviceAccount },
  };
}

function selectorsIn({ labels, deployment, pod }: PodTargetOptions): { type: string; value: string }[] {
  const pairs = Object.entries(labels ?? {}).map(([label, value]) => `${label}=${value}`);
  return [
    ...(pairs.length === 0 ? [] : [{ type: 'labelSelector', value: pairs.join(',') }]),
    ...(deployment === undefined ? [] : [{ type: 'deploymentName', value: deployment }]),
    ...(pod === undefined ? [] : [{ type: 'podName', value: pod }]),
  ];
}

function selectorProblems(count: number, path: Problem['path']): Problem[] {
  if (count === 1) return [];
  return [
    {
      code: 'pods',
      path,
      message: count === 0 ? 'does not say which pods' : 'says which pods in more than one way',
      hint: 'write either labels, a deployment or a pod',
    },
  ];
}
