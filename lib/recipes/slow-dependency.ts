import type { Recipe } from './recipe.ts';
import { oneHalfAll } from './shares.ts';

export const slowDependency: Recipe = {
  id: 'slow-dependency',
  title: 'A dependency answers late',
  teaches:
    'Whether time-outs, caches and pools keep a slow dependency from becoming a slow service. Latency is what most systems handle worse than an outage.',
  breaks: ({ service, uses, has }) =>
    has('aws:ecs:task')
      ? uses.map((dependency) => ({
          what: `its link to ${dependency}, slow`,
          id: `slow-${dependency}-for-${service}`,
          title: `A slow ${dependency} does not slow ${service}`,
          hypothesis: `If ${dependency} answers 500 ms late, ${service} still answers in time.`,
          faults: {
            slow: {
              action: 'aws:ecs:task-network-latency',
              selector: { service },
              parameters: { delay: '500ms', to: [dependency] },
            },
          },
          stages: oneHalfAll,
        }))
      : [],
};
