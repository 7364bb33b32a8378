import type { Recipe } from './recipe.ts';
import { oneHalfAll } from './shares.ts';

export const lossyDependency: Recipe = {
  id: 'lossy-dependency',
  title: 'Packets to a dependency are lost',
  teaches:
    'Whether retransmissions, retries and connection pools ride out a network that loses packets, or multiply the load until everything waits.',
  breaks: ({ service, uses, has }) =>
    has('aws:ecs:task')
      ? uses.map((dependency) => ({
          what: `its link to ${dependency}, lossy`,
          id: `lossy-${dependency}-for-${service}`,
          title: `${service} rides out lost packets to ${dependency}`,
          hypothesis: `If 15 % of the packets to ${dependency} are lost, ${service} still answers in time.`,
          faults: {
            lossy: {
              action: 'aws:ecs:task-network-packet-loss',
              selector: { service },
              parameters: { loss: '15%', to: [dependency] },
            },
          },
          stages: oneHalfAll,
        }))
      : [],
};
