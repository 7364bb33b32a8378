import * as z from 'zod';
import { fisAction } from './action.ts';
import { eksPodActions } from './eks-pods.ts';
import { byCall, byController } from './evidence.ts';
import { jsonMap, oneOf, percentIn } from './parameter.ts';
import { findsByTag, reads, tagged } from './permission.ts';
import { oneMinuteMs, userGuide } from './source.ts';

/** The kinds of Chaos Mesh, and Litmus's one. */
const kinds = [
  'AWSChaos',
  'DNSChaos',
  'GCPChaos',
  'HTTPChaos',
  'IOChaos',
  'JVMChaos',
  'KernelChaos',
  'NetworkChaos',
  'PhysicalMachineChaos',
  'PodChaos',
  'PodHttpChaos',
  'PodIOChaos',
  'PodNetworkChaos',
  'Schedule',
  'StressChaos',
  'TimeChaos',
  'ChaosEngine',
] as const;

/**
 * Kinds of Chaos Mesh that act on more than the pods of a namespace: on cloud accounts, machines, or the kernel that pods share (Chaos
 * Mesh documentation, read November 2026). A schedule or a workflow may hold them too.
 */
export const kindsOutsideNamespaces = [
  'AWSChaos',
  'AzureChaos',
  'BlockChaos',
  'GCPChaos',
  'KernelChaos',
  'PhysicalMachineChaos',
] as const;

const customResource = z
  .strictObject({
    apiVersion: oneOf(['chaos-mesh.org/v1alpha1', 'litmuschaos.io/v1alpha1'], {
      what: 'The API version of the custom resource.',
    }),
    kind: oneOf(kinds, { what: 'ChaosEngine is of Litmus, the others of Chaos Mesh.' }),
    spec: jsonMap({ what: "The resource's `spec`, as a map." }),
  })
  .refine(({ apiVersion, kind }) => apiVersion.startsWith('litmuschaos') === (kind === 'ChaosEngine'), {
    error: 'ChaosEngine is a kind of litmuschaos.io/v1alpha1, the others of chaos-mesh.org/v1alpha1',
    path: ['kind'],
  });

const injectKubernetesCustomResource = fisAction({
  id: 'aws:eks:inject-kubernetes-custom-resource',
  title: 'Runs a Chaos Mesh or Litmus experiment in an EKS cluster',
  target: { key: 'Cluster', resourceType: 'aws:eks:cluster' },
  parameters: customResource,
  fisParameters: {
    apiVersion: { name: 'kubernetesApiVersion', as: 'text' },
    kind: { name: 'kubernetesKind', as: 'text' },
    spec: { name: 'kubernetesSpec', as: 'json' },
  },
  example: {
    apiVersion: 'chaos-mesh.org/v1alpha1',
    kind: 'PodChaos',
    spec: { action: 'pod-failure', mode: 'one', selector: { labelSelectors: { app: 'shop' } } },
  },
  podParameters: { kubernetesNamespace: 'namespace' },
  durationParameter: 'maxDuration',
  leastDurationMs: oneMinuteMs,
  permissions: [],
  kubernetes: ['whatever the custom resource asks, in the namespace it is made in'],
  requires: [
    "the service's cluster, namespace and service account, which the environment declares",
    'Chaos Mesh (with the containerd runtime setting) or Litmus in the cluster',
    "FIS's role mapped to a Kubernetes user",
  ],
  limits: [
    'exactly one cluster; namespaces and ARNs in the spec must be declared',
    'kinds that reach outside a namespace, only in an isolated account',
  ],
  leavesBehind: "depends on the custom resource; FIS's guide does not say what it deletes",
  evidence: byController("the custom resource's own status"),
  price: 'by the minute',
  rehearsal: {
    fidelity: 'not rehearsable',
    why: 'what it does is told by a custom resource of Chaos Mesh or Litmus, which only a cluster carries out',
  },
  source: userGuide,
});

const terminateNodegroupInstances = fisAction({
  id: 'aws:eks:terminate-nodegroup-instances',
  title: 'Terminates a share of the instances of EKS managed node groups',
  target: { key: 'Nodegroups', resourceType: 'aws:eks:nodegroup', maximum: 100 },
  parameters: z.strictObject({
    instances: percentIn({ what: 'The share of the instances that is terminated.', least: '1%' }),
  }),
  fisParameters: { instances: { name: 'instanceTerminationPercentage', as: 'percent' } },
  example: { instances: '40%' },
  permissions: [
    reads('ec2:DescribeInstances'),
    tagged('ec2:TerminateInstances'),
    tagged('eks:DescribeNodegroup'),
    findsByTag,
  ],
  requires: ['managed node groups; the group and its instances carry the environment tag'],
  leavesBehind: 'terminated instances, which the node group replaces; FIS undoes nothing',
  evidence: byCall('instances of the node group that are shutting down'),
  price: 'at once',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'each replica of the service plays a node with one pod: a share of them, rounded down, is ended with SIGTERM and another launched at once; a node group takes minutes',
  },
  source: userGuide,
});

export const eksActions = [
  injectKubernetesCustomResource,
  ...eksPodActions,
  terminateNodegroupInstances,
] as const;
