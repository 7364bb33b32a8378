import * as z from 'zod';
import type { LimitedFiles } from '../../process-faults.ts';
import { whyNoLimits } from '../../processes/open-files.ts';
import type { ActionHandler, FaultyLab } from '../action-handler.ts';
import { anyBit } from '../any-bit.ts';
import { isoDurationText, readParameters, wholeNumberText } from '../lab-parameters.ts';

const parametersSchema = z.object({ duration: isoDurationText(), spare: wholeNumberText().default(0) });

/** How often what has been closed is taken away again: what leaks is never given back. */
const tightenEveryMs = 100;

/** What a replica can still do, while the fault is on. */
async function feltBy(limited: LimitedFiles, lab: FaultyLab) {
  const takesMore = await lab.isHealthy(limited.replica);
  const left = limited.left();
  const none = left.filter(({ files }) => files === 0);
  const words = left
    .map(({ pid, files }) => `process ${pid} may open ${files === 0 ? 'no file' : `${files} files`} more`)
    .join(', ');
  return {
    // One that has ended answers nothing either, whatever ended it.
    did: left.length === 0 ? undefined : none.length > 0 || !takesMore,
    text: `${limited.replica}: ${words || 'its processes are gone'}, and a new connection ${takesMore ? 'was answered' : 'got no answer'}`,
  };
}

/** `lab:exhaust-file-descriptors`: lowers the limit of each replica's processes to what they have open. */
export const exhaustFileDescriptors: ActionHandler = {
  id: 'lab:exhaust-file-descriptors',
  whyNotHere: () => {
    const why = whyNoLimits();
    return why === undefined
      ? undefined
      : { message: why, hint: 'rehearse it on Linux, with util-linux installed' };
  },
  carryOut: async ({ lab, parameters, targets, signal, clock }) => {
    const { duration, spare } = readParameters('lab:exhaust-file-descriptors', parametersSchema, parameters);
    const limited: LimitedFiles[] = [];
    try {
      for (const { id } of targets) limited.push(lab.limitFiles(id, spare));
      const untilMs = clock.now() + duration;
      while (clock.now() < untilMs && !signal.aborted) {
        await clock.sleep(Math.min(tightenEveryMs, untilMs - clock.now()), signal);
        for (const one of limited) one.tighten();
      }
      const felt = await Promise.all(limited.map((one) => feltBy(one, lab)));
      const bit = anyBit(felt.map(({ did }) => did));
      return {
        bit,
        evidence: felt.map(({ text }) => text).join('; '),
        ...(bit === false
          ? { likely: 'nothing was opened during the fault that would have used up what was left' }
          : {}),
      };
    } finally {
      for (const one of limited) one.restore();
    }
  },
};
