import { exitCodes } from '../experiment/verdict.ts';
import type { Halts } from '../run/ports.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How a person ends a rehearsal. */
export interface Interruption {
  /** Aborts when the end is first asked for, as long as the run has not begun. */
  readonly signal: AbortSignal;
  /** Asked by the run once it has begun. */
  readonly halts: Halts;
  begin(): void;
  /** Gives the signals back. */
  close(): void;
}

/**
 * What comes before the run began ends the start of the lab. Afterwards it ends the fault, and the run goes on to roll back, recover and
 * conclude; a second one gives that up at once: nobody has then seen whether the system recovered.
 *
 * @param onSecond does not come back
 */
export function createInterruption(options: {
  readonly onFirst: () => void;
  readonly onSecond: () => never;
  readonly close: () => void;
}): { readonly interruption: Interruption; readonly ask: (reason: string) => void } {
  const beforeRun = new AbortController();
  let begun = false;
  let asked: { readonly reason: string } | undefined;
  return {
    ask: (reason) => {
      if (!begun) {
        beforeRun.abort();
        return;
      }
      if (asked !== undefined) options.onSecond();
      asked = { reason };
      options.onFirst();
    },
    interruption: {
      signal: beforeRun.signal,
      halts: { requested: async () => asked },
      begin: () => {
        begun = true;
      },
      close: options.close,
    },
  };
}

/** Why a signal ends a run, in words that go into the record. */
export const reasonOfSignal = (name: NodeJS.Signals): string =>
  name === 'SIGINT' ? 'Ctrl-C was pressed' : `${name} came`;

/** Hears each signal that asks this process to end; the answer gives the signals back. */
export function onSignals(listener: (name: NodeJS.Signals) => void): () => void {
  for (const name of signals) process.on(name, listener);
  return () => {
    for (const name of signals) process.off(name, listener);
  };
}

/** An interruption by Ctrl-C, and by what a closed terminal or a system that shuts down sends. */
export function listenForInterruption(tell: (text: string) => void): Interruption {
  const giveBack = onSignals((name) => ask(reasonOfSignal(name)));
  const { interruption, ask } = createInterruption({
    onFirst: () =>
      tell(
        'The fault is being ended. Press Ctrl-C again to end everything at once, without seeing the recovery.',
      ),
    onSecond: () => {
      tell('Ended at once: nobody has seen whether the system recovered.');
      return process.exit(exitCodes.unrecovered);
    },
    close: giveBack,
  });
  return interruption;
}
