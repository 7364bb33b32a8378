import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Clock } from '../../run/ports.ts';
import type { DoctorCheck } from './document.ts';
import type { Look, Seen } from './look.ts';

/** A look that takes longer than this is given up: a network that is dead answers nothing. The SDK's own tries take about as long. */
export const lookLimitMs = 15_000;

/** Looks at everything side by side, each with a limit of its own. Never rejects: a look that fails is told as unknown. */
export const examine = (looks: readonly Look[], clock: Clock, signal: AbortSignal): Promise<DoctorCheck[]> =>
  Promise.all(
    looks.map(async (one): Promise<DoctorCheck> => {
      const { status, seen, mend } = await inTime(one, clock, signal);
      const { name, docs } = one;
      return { name, status, seen, ...(mend === undefined ? {} : { mend }), docs: `docs/${docs}` };
    }),
  );

async function inTime({ look }: Look, clock: Clock, ended: AbortSignal): Promise<Seen> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, ended]);
  const late = clock.sleep(lookLimitMs, signal).then(
    (): Seen => ({
      status: 'unknown',
      seen: ended.aborted
        ? 'it was ended before there was an answer'
        : `there was no answer within ${lookLimitMs / 1_000} s`,
      mend: 'see whether the network or the disk is slow or gone, and look again',
    }),
  );
  try {
    return await Promise.race([
      Promise.resolve()
        .then(() => look(signal))
        .catch(unknownBy),
      late,
    ]);
  } finally {
    // Neither the time-out nor what is still being asked keeps the command from ending.
    over.abort();
  }
}

/** A look that failed, in its own words: those of a refusal name the permission. */
export function unknownBy(thrown: unknown): Seen {
  const hint = thrown instanceof SteadfastError ? thrown.hint : undefined;
  return {
    status: 'unknown',
    seen: messageOf(thrown),
    mend: hint ?? 'see what is in the way, and look again',
  };
}
