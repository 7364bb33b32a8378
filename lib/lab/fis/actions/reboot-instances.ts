import * as z from 'zod';
import { graceMs } from '../../processes/owned-processes.ts';
import { endedBite } from '../ended.ts';
import { standIn } from '../stand-in.ts';

/** `aws:ec2:reboot-instances`: ends each replica, and starts it again at once. */
export const rebootInstances = standIn({
  id: 'aws:ec2:reboot-instances',
  parameters: z.object({}),
  carryOut: async ({ lab, targets }) => {
    const ended = targets.map(async ({ id }) => {
      const killed = await lab.killReplica(id, graceMs);
      return { ...killed, after: `process ${await lab.startReplica(id)} is the same again` };
    });
    return endedBite(await Promise.all(ended));
  },
});
