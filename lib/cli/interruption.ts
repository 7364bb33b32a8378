import { exitCodes } from '../experiment/verdict.ts';
import type { Halts } from '../run/ports.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How a person ends a rehearsal. */
export interface Interruption {
  /** Aborts on the first signal as long as the run has not begun. */
  readonly signal: AbortSignal;
  /** Asked by the run once it has begun. */
  readonly halts: Halts;
  begin(): void;
  /** Gives the signals back. */
  close(): void;
}

/**
 * Ctrl-C before the run began ends the start of the lab. Afterwards it ends the fault, and the run goes on to roll back, recover and
 * conclude; a second one gives that up at once: nobody has then seen whether the system recovered.
 */
export function listenForInterruption(tell: (text: string) => void): Interruption {
  const beforeRun = new AbortController();
  let begun = false;
  let asked: { reason: string } | undefined;
  const onSignal = (name: NodeJS.Signals) => {
    if (!begun) {
      beforeRun.abort();
      return;
    }
    if (asked !== undefined) {
      tell('Ended at once: nobody has seen whether the system recovered.');
      process.exit(exitCodes.unrecovered);
    }
    asked = { reason: name === 'SIGINT' ? 'Ctrl-C was pressed' : `${name} came` };
    tell(
      'The fault is being ended. Press Ctrl-C again to end everything at once, without seeing the recovery.',
    );
  };
  for (const name of signals) process.on(name, onSignal);
  return {
    signal: beforeRun.signal,
    halts: { requested: async () => asked },
    begin: () => {
      begun = true;
    },
    close: () => {
      for (const name of signals) process.off(name, onSignal);
    },
  };
}
