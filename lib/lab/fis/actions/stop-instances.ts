import * as z from 'zod';
import { graceMs } from '../../processes/owned-processes.ts';
import { endedBite } from '../ended.ts';
import { durationMs, standIn } from '../stand-in.ts';

/** `aws:ec2:stop-instances`: ends each replica, and starts it again when the time is over or the experiment stops. */
export const stopInstances = standIn({
  id: 'aws:ec2:stop-instances',
  // FIS takes it without the duration, and leaves the instances stopped: a plan never asks for that.
  parameters: z.object({ startInstancesAfterDuration: durationMs() }),
  carryOut: async ({ lab, targets, clock, signal }, { startInstancesAfterDuration }) => {
    try {
      const ended = await Promise.all(targets.map(({ id }) => lab.killReplica(id, graceMs)));
      await clock.sleep(startInstancesAfterDuration, signal);
      return endedBite(ended.map((one) => ({ ...one, after: 'was started again afterwards' })));
    } finally {
      // FIS's post action.
      await Promise.all(targets.map(({ id }) => lab.startReplica(id)));
    }
  },
});
