import { describeTasks, isEnding } from '../ecs-tasks.ts';
import type { LookAtTargets } from './look.ts';

/** Whether tasks that were to be stopped have; one that ECS has forgotten has. */
export const tasksStopped: LookAtTargets = {
  asks: 'ECS',
  look: async (hit, { ecs }) => {
    const tasks = await describeTasks(
      ecs,
      hit.map(({ id }) => id),
    );
    const alive = hit.filter(({ id }) => !isEnding(tasks.get(id)));
    if (alive.length > 0) {
      return {
        bit: false,
        evidence: `ECS: ${alive.length} of ${hit.length} targets still run (${alive[0]?.id ?? ''})`,
      };
    }
    const ended =
      hit.length === 1
        ? 'the target has stopped or is stopping'
        : `all ${hit.length} targets have stopped or are stopping`;
    return { bit: true, evidence: `ECS: ${ended}` };
  },
};
