import { stringify } from 'yaml';
import { statusCheckSpec } from './published.ts';

/** Templates of workflows, as tests write them. */

export const selector = { namespaces: ['shop-staging'], labelSelectors: { app: 'product-service' } };

export const kill = (name: string, value: string, more: object = {}) => ({
  name,
  templateType: 'PodChaos',
  deadline: '2m',
  podChaos: { action: 'pod-kill', mode: 'fixed-percent', value, selector, ...more },
});
export const fail = (name: string, more: object = {}) => ({
  name,
  templateType: 'PodChaos',
  deadline: '3m',
  podChaos: { action: 'pod-failure', mode: 'one', selector, ...more },
});
export const wait = (name: string, deadline: unknown = '1m') => ({ name, templateType: 'Suspend', deadline });
export const look = (name: string, spec: object = statusCheckSpec) => ({
  name,
  templateType: 'StatusCheck',
  statusCheck: spec,
  abortWithStatusCheck: true,
});
export const row = (name: string, ...children: string[]) => ({
  name,
  templateType: 'Serial',
  deadline: '1h',
  children,
});
export const beside = (name: string, ...children: string[]) => ({ name, templateType: 'Parallel', children });

export const workflow = (...templates: object[]) =>
  stringify({
    apiVersion: 'chaos-mesh.org/v1alpha1',
    kind: 'Workflow',
    metadata: { name: 'rollout' },
    spec: { entry: 'all', templates },
  });
