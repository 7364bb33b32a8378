import * as z from 'zod';
import type { ActionHandler } from '../action-handler.ts';
import { isoDurationText, readParameters, wholeNumberText } from '../lab-parameters.ts';

const parametersSchema = z.object({ duration: isoDurationText(), everyMilliseconds: wholeNumberText() });

/** `lab:restart-loop`: kills each replica's processes again and again, and starts them at once. */
export const restartLoop: ActionHandler = {
  id: 'lab:restart-loop',
  carryOut: async ({ lab, parameters, targets, signal, clock }) => {
    const { duration, everyMilliseconds } = readParameters('lab:restart-loop', parametersSchema, parameters);
    const untilMs = clock.now() + duration;
    const deaths = new Map(targets.map(({ id }) => [id, 0]));
    while (clock.now() < untilMs && !signal.aborted) {
      try {
        for (const { replica, gone } of await Promise.all(targets.map(({ id }) => lab.killReplica(id))))
          deaths.set(replica, (deaths.get(replica) ?? 0) + (gone ? 1 : 0));
      } finally {
        await Promise.all(targets.map(({ id }) => lab.startReplica(id)));
      }
      await clock.sleep(Math.min(everyMilliseconds, untilMs - clock.now()), signal);
    }
    const counted = [...deaths];
    return {
      bit: counted.every(([, times]) => times > 0),
      evidence: counted
        .map(
          ([id, times]) =>
            `${id} was killed ${times === 1 ? 'once' : `${times} times`} and started again each time`,
        )
        .join('; '),
    };
  },
};
