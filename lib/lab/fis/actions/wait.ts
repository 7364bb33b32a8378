import { SteadfastError } from '../../../experiment/steadfast-error.ts';
import type { ActionHandler } from '../action-handler.ts';
import { isoDurationMs } from '../iso-duration.ts';

/** `aws:fis:wait`: lets time pass. */
export const wait: ActionHandler = {
  id: 'aws:fis:wait',
  carryOut: async ({ parameters, clock, signal }) => {
    const { duration } = parameters;
    if (duration === undefined)
      throw new SteadfastError('invalid', "aws:fis:wait needs its parameter 'duration'");
    await clock.sleep(isoDurationMs(duration), signal);
    return { bit: undefined, evidence: 'it only waits' };
  },
};
