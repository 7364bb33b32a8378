import { tmpdir } from 'node:os';
import * as z from 'zod';
import { thisMachine, whyTooMuch } from '../../pressure/bounds.ts';
import type { PressingBeside } from '../../process-faults.ts';
import type { ActionHandler, Bite } from '../action-handler.ts';
import { anyBit } from '../any-bit.ts';
import { isoDurationText, readParameters, wholeNumberText } from '../lab-parameters.ts';

const parametersSchema = z.object({
  duration: isoDurationText(),
  workers: wholeNumberText().default(4),
  loadPercent: wholeNumberText().default(100),
});

/** A process that waits for this share of the time in which it wants a CPU feels it; without neighbours it is a few hundredths. */
const feltShare = 0.1;

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

/** What shows that replicas felt it: for how long they waited for a CPU. */
export function feltBite(ids: readonly string[], pressing: PressingBeside): Bite {
  const where = pressing.cpu === undefined ? 'on all CPUs' : `on CPU ${pressing.cpu}, which they shared`;
  const felt = ids.map((id) => {
    const counted = pressing.scheduled(id);
    if (counted === undefined) return { did: undefined, text: `nothing tells what ${id} felt of it` };
    const { ranMs, waitedMs } = counted;
    return {
      did: waitedMs > 0 && waitedMs >= feltShare * (ranMs + waitedMs),
      text: `${id} ran for ${seconds(ranMs)} and waited for a CPU for ${seconds(waitedMs)}`,
    };
  });
  const bit = anyBit(felt.map(({ did }) => did));
  return {
    bit,
    evidence: `${pressing.evidence()} ${where}; ${felt.map(({ text }) => text).join('; ')}`,
    ...(bit === false ? { likely: 'the replicas asked for hardly any CPU time while the fault was on' } : {}),
  };
}

/** `lab:cpu-pressure`: processes of the lab compute on the CPU that it keeps the replicas to. */
export const cpuPressure: ActionHandler = {
  id: 'lab:cpu-pressure',
  whyNotHere: (parameters) => {
    const { workers, loadPercent } = readParameters('lab:cpu-pressure', parametersSchema, {
      duration: 'PT0S',
      ...parameters,
    });
    return whyTooMuch({ kind: 'cpu', workers, loadPercent }, thisMachine(tmpdir()));
  },
  carryOut: async ({ lab, parameters, targets, signal, clock }) => {
    const { duration, workers, loadPercent } = readParameters(
      'lab:cpu-pressure',
      parametersSchema,
      parameters,
    );
    const ids = targets.map(({ id }) => id);
    const pressing = await lab.pressBeside(ids, { kind: 'cpu', workers, loadPercent });
    try {
      await clock.sleep(duration, signal);
      return feltBite(ids, pressing);
    } finally {
      await pressing.stop();
    }
  },
};
