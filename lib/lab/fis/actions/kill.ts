import * as z from 'zod';
import type { ActionHandler } from '../action-handler.ts';
import { isoDurationText, readParameters, wholeNumberText } from '../lab-parameters.ts';

const parametersSchema = z.object({
  duration: isoDurationText(),
  replacedAfterMilliseconds: wholeNumberText().optional(),
});

/** `lab:kill`: SIGKILL to each replica's processes; started again after a while, and at the latest when the fault ends. */
export const kill: ActionHandler = {
  id: 'lab:kill',
  carryOut: async ({ lab, parameters, targets, signal, clock }) => {
    const { duration, replacedAfterMilliseconds = duration } = readParameters(
      'lab:kill',
      parametersSchema,
      parameters,
    );
    const downMs = Math.min(replacedAfterMilliseconds, duration);
    const killed = await Promise.all(targets.map(({ id }) => lab.killReplica(id)));
    let replaced: readonly number[];
    try {
      await clock.sleep(downMs, signal);
    } finally {
      replaced = await Promise.all(targets.map(({ id }) => lab.startReplica(id)));
    }
    await clock.sleep(duration - downMs, signal);
    return {
      bit: killed.every(({ gone }) => gone),
      evidence: killed
        .map(({ evidence }, index) => `${evidence}, process ${replaced[index]} took its place later`)
        .join('; '),
    };
  },
};
