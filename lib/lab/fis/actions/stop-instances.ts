import * as z from 'zod';
import { graceMs } from '../../processes/owned-processes.ts';
import { downFor } from '../down-for.ts';
import { endedBite } from '../ended.ts';
import { durationMs, standIn } from '../stand-in.ts';

/** `aws:ec2:stop-instances`: ends each replica, and starts it again when the time is over or the experiment stops. */
export const stopInstances = standIn({
  id: 'aws:ec2:stop-instances',
  // FIS takes it without the duration, and leaves the instances stopped: a plan never asks for that.
  parameters: z.object({ startInstancesAfterDuration: durationMs() }),
  carryOut: async (context, { startInstancesAfterDuration: forMs }) => {
    const ids = context.targets.map(({ id }) => id);
    // To start them again is FIS's post action.
    const ended = await downFor(context, ids, { forMs, graceMs });
    return endedBite(ended.map((one) => ({ ...one, after: 'was started again afterwards' })));
  },
});
