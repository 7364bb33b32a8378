import { tmpdir } from 'node:os';
import * as z from 'zod';
import { leaveBytesOf, type Machine, thisMachine, whyTooMuch } from '../../pressure/bounds.ts';
import type { ActionHandler } from '../action-handler.ts';
import { isoDurationText, readParameters, wholeNumberText } from '../lab-parameters.ts';

const mebibyte = 1_048_576;

const parametersSchema = z.object({
  duration: isoDurationText(),
  sharePercent: z.coerce.number().min(0).max(100).optional(),
  mebibytes: wholeNumberText().optional(),
});

/** How much is asked for, in bytes: so many MiB, or a share of what the machine can spare. */
function askedBytes(parameters: Readonly<Record<string, string>>, machine: Machine): number {
  const { sharePercent = 0, mebibytes } = readParameters('lab:memory-pressure', parametersSchema, parameters);
  if (mebibytes !== undefined) return mebibytes * mebibyte;
  const spareBytes = Math.max(0, machine.availableBytes - leaveBytesOf(machine));
  return Math.max(mebibyte, Math.floor((spareBytes * sharePercent) / 100));
}

/** `lab:memory-pressure`: a process of the lab holds memory of the machine. */
export const memoryPressure: ActionHandler = {
  id: 'lab:memory-pressure',
  whyNotHere: (parameters) => {
    const machine = thisMachine(tmpdir());
    // The duration belongs to a stage; how much is asked for does not hang on it.
    const bytes = askedBytes({ duration: 'PT0S', ...parameters }, machine);
    return whyTooMuch({ kind: 'memory', bytes }, machine);
  },
  carryOut: async ({ lab, parameters, signal, clock }) => {
    const { duration } = readParameters('lab:memory-pressure', parametersSchema, parameters);
    const bytes = askedBytes(parameters, thisMachine(tmpdir()));
    const pressing = await lab.press({ kind: 'memory', bytes });
    try {
      await clock.sleep(duration, signal);
      // What was given back before the end is no evidence of anything.
      const gaveUp = pressing.gaveUp();
      const heldAll = pressing.counters().heldBytes >= bytes;
      return {
        bit: gaveUp === undefined ? heldAll : undefined,
        evidence: pressing.evidence(),
        ...(gaveUp !== undefined || heldAll
          ? {}
          : { likely: 'the fault was over before all of it was taken' }),
      };
    } finally {
      await pressing.stop();
    }
  },
};
