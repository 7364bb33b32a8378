import * as z from 'zod';
import { durationMs, standIn } from '../stand-in.ts';
import { terminate } from '../terminate.ts';

/** `aws:ec2:send-spot-instance-interruptions`: ends each replica after the time that is left to it; another is launched in its place. */
export const sendSpotInstanceInterruptions = standIn({
  id: 'aws:ec2:send-spot-instance-interruptions',
  parameters: z.object({ durationBeforeInterruption: durationMs() }),
  carryOut: async (context, { durationBeforeInterruption }) => {
    const { clock, signal, targets } = context;
    await clock.sleep(durationBeforeInterruption, signal);
    if (!signal.aborted) return terminate(context, targets);
    return { bit: false, evidence: 'it was stopped before the instances were interrupted' };
  },
});
