import * as z from 'zod';
import { fisAction } from './action.ts';
import { eksPodActions } from './eks-pods.ts';
import { jsonMap, oneOf, percentIn, text } from './parameter.ts';
import { findsByTag, reads, tagged } from './permission.ts';
import { noStandIn, oneMinuteMs, statusOfFis, userGuide } from './source.ts';

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

const customResource = z
  .strictObject({
    apiVersion: oneOf(['chaos-mesh.org/v1alpha1', 'litmuschaos.io/v1alpha1'], {
      what: 'The API version of the custom resource.',
    }),
    kind: oneOf(kinds, { what: 'ChaosEngine is of Litmus, the others of Chaos Mesh.' }),
    namespace: text({ what: 'The namespace that it is made in.' }),
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
    namespace: { name: 'kubernetesNamespace', as: 'text', names: 'a Kubernetes namespace' },
    spec: { name: 'kubernetesSpec', as: 'json' },
  },
  example: {
    apiVersion: 'chaos-mesh.org/v1alpha1',
    kind: 'PodChaos',
    namespace: 'shop',
    spec: { action: 'pod-failure', mode: 'one', selector: { labelSelectors: { app: 'shop' } } },
  },
  durationParameter: 'maxDuration',
  leastDurationMs: oneMinuteMs,
  permissions: [],
  kubernetes: ['whatever the custom resource asks, in the namespace it is made in'],
  requires: [
    'Chaos Mesh (with the containerd runtime setting) or Litmus in the cluster',
    "FIS's role mapped to a Kubernetes user",
  ],
  limits: ["exactly one cluster, by its ARN; what is hit is the custom resource's own affair"],
  leavesBehind: "depends on the custom resource; FIS's guide does not say what it deletes",
  evidence: "the custom resource's own status",
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
  evidence: `instances of the node group that are shutting down, and ${statusOfFis}`,
  price: 'at once',
  rehearsal: noStandIn,
  source: userGuide,
});

export const eksActions = [
  injectKubernetesCustomResource,
  ...eksPodActions,
  terminateNodegroupInstances,
] as const;
