import * as z from 'zod';
import { SteadfastError } from '../../../experiment/steadfast-error.ts';
import { namesOfProcess } from '../../processes/names-of-process.ts';
import { graceMs } from '../../processes/owned-processes.ts';
import { endedBite } from '../ended.ts';
import { standIn } from '../stand-in.ts';

/** `aws:ecs:task-kill-process`: ends the process that a replica is, where it is called so; an ECS service replaces the task. */
export const taskKillProcess = standIn({
  id: 'aws:ecs:task-kill-process',
  // The default is FIS's own (actions reference).
  parameters: z.object({
    processName: z.string().min(1),
    signal: z.enum(['SIGTERM', 'SIGKILL']).default('SIGTERM'),
  }),
  carryOut: async ({ lab, targets }, { processName, signal }) => {
    for (const { id, pid } of targets) {
      const names = namesOfProcess(pid);
      // Nothing is killed where one of them has no such process, as FIS's script fails.
      if (names !== undefined && !names.has(processName))
        throw new SteadfastError('invalid', `no process of ${id} is called '${processName}'`, {
          hint: `it is called ${[...names].map((name) => `'${name}'`).join(', or ')}`,
        });
    }
    const ended = targets.map(async ({ id }) => {
      const killed = await lab.killReplica(id, signal === 'SIGKILL' ? 0 : graceMs);
      return { ...killed, after: `process ${await lab.startReplica(id)} took its place` };
    });
    return endedBite(await Promise.all(ended));
  },
});
