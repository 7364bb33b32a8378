import { tmpdir } from 'node:os';
import * as z from 'zod';
import { leaveBytesOf, type Machine, thisMachine } from '../../pressure/bounds.ts';
import { pressFor } from '../press-for.ts';
import { durationMs, percentText, standIn } from '../stand-in.ts';

/** The share of what the machine can spare: it is never brought to its end. */
const bytesOf = (percent: number, machine: Machine): number =>
  Math.floor((Math.max(0, machine.availableBytes - leaveBytesOf(machine)) * percent) / 100);

/** `aws:eks:pod-memory-stress`: fills the machine's memory, which a lab's replicas share. */
export const podMemoryStress = standIn({
  id: 'aws:eks:pod-memory-stress',
  // The default is FIS's own (actions reference). How many take it makes no difference to how much is taken.
  parameters: z.object({ duration: durationMs(), percent: percentText().prefault('80') }),
  carryOut: (context, { duration, percent }) => {
    const bytes = bytesOf(percent, thisMachine(tmpdir()));
    return pressFor(context, duration, {
      pressure: bytes === 0 ? undefined : { kind: 'memory', bytes },
      vain: percent === 0 ? 'a share of 0 % of the memory is none' : 'the machine has no memory to spare',
      done: ({ mostHeldBytes }) => mostHeldBytes,
    });
  },
});
