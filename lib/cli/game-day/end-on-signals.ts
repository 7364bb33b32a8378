import { exitCodes } from '../../experiment/verdict.ts';
import { createInterruption, onSignals, reasonOfSignal } from '../interruption.ts';

/** How a person ends a rehearsed game day from its terminal. */
export interface Ending {
  /** Aborts when the end is asked for before the game day has begun. */
  readonly signal: AbortSignal;
  /** Why it was ended; undefined where nobody asked. */
  readonly reason: string | undefined;
  /** From now on whoever asks has the game day ended in order. */
  begun(stop: (reason: string) => Promise<void>): void;
  /** Gives the signals back. */
  close(): void;
}

/**
 * Hears Ctrl-C, and what a closed terminal or a system that shuts down sends. The first ends every fault, waits for the recovery, and
 * closes the game day; the second gives that up at once: the lab goes with this process.
 */
export function endOnSignals(tell: (text: string) => void): Ending {
  let stop: (reason: string) => Promise<void> = async () => undefined;
  let reason: string | undefined;
  const { interruption, ask } = createInterruption({
    onFirst: () => {
      tell(
        'Every fault is being ended, then the game day. Press Ctrl-C again to end everything at once, without seeing the recovery.',
      );
      if (reason !== undefined) void stop(reason);
    },
    onSecond: () => {
      tell('Ended at once: nobody has seen whether the system recovered.');
      return process.exit(exitCodes.unrecovered);
    },
    close: onSignals((name) => {
      reason ??= reasonOfSignal(name);
      ask(reason);
    }),
  });
  return {
    signal: interruption.signal,
    get reason() {
      return reason;
    },
    begun: (how) => {
      stop = how;
      interruption.begin();
    },
    close: () => interruption.close(),
  };
}
