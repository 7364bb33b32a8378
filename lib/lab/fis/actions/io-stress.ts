import * as z from 'zod';
import { pressFor } from '../press-for.ts';
import { durationMs, numberText, percentText, standIn } from '../stand-in.ts';

/** Loads the machine's disk, which a lab's replicas share. */
const ioStress = (id: string) =>
  standIn({
    id,
    // The defaults are FIS's own (actions reference).
    parameters: z.object({
      duration: durationMs(),
      percent: percentText().prefault('80'),
      workers: numberText(1).prefault('1'),
    }),
    carryOut: (context, { duration, percent, workers }) =>
      pressFor(context, duration, {
        pressure: percent === 0 ? undefined : { kind: 'io', workers },
        vain: 'a share of 0 % of the disk is none of it',
        done: ({ writtenBytes }) => writtenBytes,
      }),
  });

export const taskIoStress = ioStress('aws:ecs:task-io-stress');
export const podIoStress = ioStress('aws:eks:pod-io-stress');
