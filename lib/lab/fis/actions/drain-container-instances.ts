import * as z from 'zod';
import { shareOf } from '../share-of.ts';
import { durationMs, numberText, standIn } from '../stand-in.ts';

/**
 * `aws:ecs:drain-container-instances`: each replica of a service plays the one task of a host. A share of them is stopped one after the
 * other, each when the one before it has another in its place.
 */
export const drainContainerInstances = standIn({
  id: 'aws:ecs:drain-container-instances',
  parameters: z.object({ drainagePercentage: numberText(1, 100), duration: durationMs() }),
  carryOut: async (context, { drainagePercentage, duration }) => {
    const { lab, clock, signal } = context;
    const untilMs = clock.now() + duration;
    const { drawn, vain } = shareOf(context, drainagePercentage);
    const evidence: string[] = [];
    let bit = false;
    for (const { id } of drawn) {
      if (signal.aborted) break;
      const stopped = await lab.stopReplica(id);
      bit ||= stopped.gone;
      evidence.push(stopped.evidence);
    }
    await clock.sleep(Math.max(0, untilMs - clock.now()), signal);
    return (
      vain ?? { bit, evidence: evidence.join('; ') || 'it was stopped before the first host was drained' }
    );
  },
});
