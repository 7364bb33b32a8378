import type { Recipe } from './recipe.ts';
import { oneThenHalf } from './shares.ts';

export const podsDeleted: Recipe = {
  id: 'pods-deleted',
  title: 'Kubernetes pods are deleted',
  teaches:
    'Whether readiness probes, disruption budgets and graceful shutdown let a service lose pods without losing requests.',
  breaks: ({ service, has }) =>
    has('aws:eks:pod')
      ? [
          {
            what: 'half of its pods',
            id: `half-the-pods-of-${service}`,
            title: `Half of the pods of ${service} may go`,
            hypothesis: `If half of the pods of ${service} are deleted, those left answer in time, and Kubernetes replaces the others.`,
            faults: {
              delete: {
                action: 'aws:eks:pod-delete',
                selector: { service },
                parameters: { grace: '0s' },
              },
            },
            stages: oneThenHalf,
          },
        ]
      : [],
};
