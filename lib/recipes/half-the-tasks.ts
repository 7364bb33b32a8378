import type { Recipe } from './recipe.ts';
import { oneThenHalf } from './shares.ts';

/** The first question about any service that runs more than once. */
export const halfTheTasks: Recipe = {
  id: 'half-the-tasks',
  title: 'Half of the tasks stop',
  teaches:
    'Whether what is left carries the load while ECS starts new tasks, and whether the load balancer notices soon enough that the others are gone.',
  breaks: ({ service, has }) =>
    has('aws:ecs:task')
      ? [
          {
            what: 'half of its tasks',
            id: `half-of-${service}`,
            title: `Half of the tasks of ${service} may stop`,
            hypothesis: `If half of the tasks of ${service} stop, those left answer in time, and ECS replaces the others.`,
            faults: { stop: { action: 'aws:ecs:stop-task', selector: { service } } },
            stages: oneThenHalf,
          },
        ]
      : [],
};
