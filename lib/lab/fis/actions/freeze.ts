import * as z from 'zod';
import type { FrozenReplica } from '../../process-faults.ts';
import type { ActionHandler } from '../action-handler.ts';
import { isoDurationText, readParameters, wholeNumberText } from '../lab-parameters.ts';

const parametersSchema = z.object({
  duration: isoDurationText(),
  forMilliseconds: wholeNumberText().optional(),
  everyMilliseconds: wholeNumberText().optional(),
});

/** What was seen of one replica. */
interface Stillness {
  times: number;
  seen: number;
  totalMs: number;
}

const stillnessText = (id: string, { times, seen, totalMs }: Stillness) => {
  const often = times === 1 ? '' : `${times} times, `;
  return seen === times
    ? `${id} stood still ${often}for ${totalMs} ms${times === 1 ? '' : ' in all'}`
    : `${id} was to stand still ${times === 1 ? 'once' : `${times} times`}, and did so ${seen === 0 ? 'never' : `${seen} times`}`;
};

/** `lab:freeze`: SIGSTOP to each replica's processes, and SIGCONT at the end; again and again where it says how often. */
export const freeze: ActionHandler = {
  id: 'lab:freeze',
  carryOut: async ({ lab, parameters, targets, signal, clock }) => {
    const read = readParameters('lab:freeze', parametersSchema, parameters);
    const untilMs = clock.now() + read.duration;
    const told = new Map(
      targets.map(({ id }) => [id, { times: 0, seen: 0, totalMs: 0 } satisfies Stillness]),
    );
    const thaw = (frozen: FrozenReplica) => {
      const one = told.get(frozen.replica);
      if (one === undefined) return;
      // Looked for at the end of the time: it stood still until then.
      one.seen += frozen.isFrozen() ? 1 : 0;
      one.times += 1;
      one.totalMs += frozen.thaw();
    };
    do {
      const leftMs = untilMs - clock.now();
      const stillMs = Math.min(read.forMilliseconds ?? leftMs, leftMs);
      const frozen: FrozenReplica[] = [];
      try {
        for (const { id } of targets) frozen.push(lab.freezeReplica(id));
        await clock.sleep(stillMs, signal);
      } finally {
        for (const one of frozen) thaw(one);
      }
      if (read.everyMilliseconds === undefined) break;
      await clock.sleep(Math.min(read.everyMilliseconds - stillMs, untilMs - clock.now()), signal);
    } while (clock.now() < untilMs && !signal.aborted);
    // Where it stands still for a part of the time only, the fault lasts on.
    await clock.sleep(Math.max(0, untilMs - clock.now()), signal);
    return {
      bit: [...told.values()].every(({ seen }) => seen > 0),
      evidence: [...told].map(([id, one]) => stillnessText(id, one)).join('; '),
    };
  },
};
