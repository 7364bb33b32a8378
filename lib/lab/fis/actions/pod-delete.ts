import * as z from 'zod';
import { graceMs } from '../../processes/owned-processes.ts';
import { endedBite } from '../ended.ts';
import { numberText, standIn } from '../stand-in.ts';

/** `aws:eks:pod-delete`: ends each replica within its grace; the lab puts another in its place, as a deployment does. */
export const podDelete = standIn({
  id: 'aws:eks:pod-delete',
  parameters: z.object({ gracePeriodSeconds: numberText(0).optional() }),
  carryOut: async ({ lab, targets }, { gracePeriodSeconds: grace }) => {
    const ended = targets.map(async ({ id }) => {
      const killed = await lab.killReplica(id, grace === undefined ? graceMs : 1_000 * grace);
      return { ...killed, after: `process ${await lab.startReplica(id)} took its place` };
    });
    return endedBite(await Promise.all(ended));
  },
});
