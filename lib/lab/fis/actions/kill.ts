import * as z from 'zod';
import type { ActionHandler } from '../action-handler.ts';
import { downFor } from '../down-for.ts';
import { isoDurationText, readParameters, wholeNumberText } from '../lab-parameters.ts';

const parametersSchema = z.object({
  duration: isoDurationText(),
  replacedAfterMilliseconds: wholeNumberText().optional(),
});

/** `lab:kill`: SIGKILL to each replica's processes; started again after a while, and at the latest when the fault ends. */
export const kill: ActionHandler = {
  id: 'lab:kill',
  carryOut: async (context) => {
    const { parameters, targets, signal, clock } = context;
    const { duration, replacedAfterMilliseconds = duration } = readParameters(
      'lab:kill',
      parametersSchema,
      parameters,
    );
    const downMs = Math.min(replacedAfterMilliseconds, duration);
    const ids = targets.map(({ id }) => id);
    const killed = await downFor(context, ids, { forMs: downMs, graceMs: 0 });
    await clock.sleep(duration - downMs, signal);
    return {
      bit: killed.every(({ gone }) => gone),
      evidence: killed
        .map(({ evidence, newPid }) => `${evidence}, process ${newPid} took its place later`)
        .join('; '),
    };
  },
};
