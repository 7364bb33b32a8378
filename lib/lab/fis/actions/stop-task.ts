import type { ActionHandler } from '../action-handler.ts';

/** `aws:ecs:stop-task`: ends each replica's process; the lab puts another in its place, as an ECS service does. */
export const stopTask: ActionHandler = {
  id: 'aws:ecs:stop-task',
  carryOut: async ({ lab, targets }) => {
    const stopped = await Promise.all(targets.map(({ id }) => lab.stopReplica(id)));
    return {
      bit: stopped.every(({ gone }) => gone),
      evidence: stopped.map(({ evidence }) => evidence).join('; '),
    };
  },
};
