import { nameOf, oneOf, percentIn, text } from './parameter.ts';
import { findsByTag, onDeclared, reads } from './permission.ts';
import { userGuide } from './source.ts';

const pods = { key: 'Pods', resourceType: 'aws:eks:pod', maximum: 1_000 } as const;

/** How FIS makes the pod of its own that carries an action out. */
export const ofFisPod = {
  image: nameOf({
    what: "The container image of FIS's own pod, by logical name.",
    fallback: "Amazon's",
  }).optional(),
  errors: percentIn({
    what: 'The share of targets that may fail before the action counts as failed.',
    least: '0%',
    fallback: '0%',
  }).optional(),
  podLabels: text({ what: "Labels of FIS's own pod." }).optional(),
  podAnnotations: text({ what: "Annotations of FIS's own pod." }).optional(),
};
export const asOfFisPod = {
  image: { name: 'fisPodContainerImage', as: 'text', names: 'image' },
  errors: { name: 'maxErrorsPercent', as: 'percent' },
  podLabels: { name: 'fisPodLabels', as: 'text' },
  podAnnotations: { name: 'fisPodAnnotations', as: 'text' },
} as const;
export const podSecurity = oneOf(['privileged', 'baseline', 'restricted'], {
  what: "The Kubernetes security standard of FIS's own pod.",
}).optional();
export const asPodSecurity = { podSecurity: { name: 'fisPodSecurityPolicy', as: 'text' } } as const;

/** What all actions on pods have in common. */
export const onPods = {
  target: pods,
  podParameters: { kubernetesServiceAccount: 'serviceAccount' } as const,
  permissions: [
    onDeclared('eks:DescribeCluster', 'eks:cluster/*', 'the cluster'),
    reads('ec2:DescribeSubnets'),
    findsByTag,
  ],
  kubernetes: [
    'configmaps: get, create, patch, delete',
    'pods: create, list, get, delete, deletecollection',
    'pods/ephemeralcontainers: update',
    'pods/exec: create',
    'deployments: get',
  ],
  requires: [
    'pods that the environment declares, by cluster, namespace and label',
    'EKS 1.23 or later, with nodes that are not all tainted',
    "a service account and its role in the namespace, and FIS's role mapped to a Kubernetes user",
    'readOnlyRootFilesystem=false in the security context of the pods',
  ],
  source: userGuide,
};
export const whileItLasts = {
  durationParameter: 'duration',
  leavesBehind: 'nothing: FIS takes its own pod and container away when the action ends, fails or is stopped',
  price: 'by the minute',
} as const;
