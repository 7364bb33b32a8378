import type { Io } from '../io.ts';
import { printLine } from '../io.ts';
import type { PausableView } from '../view/pausable-view.ts';
import type { Outside } from './outside.ts';

/** What becomes of a run in AWS when whoever follows it is interrupted. */
export type OnInterrupt = 'detach' | 'halt';

/** What Ctrl-C means while a run is begun, and followed. */
export interface LettingGo {
  /** Aborts once the run is let go of, or is not to be begun. */
  readonly signal: AbortSignal;
  /** From now on there is a run that goes on by itself. */
  begin(run: { readonly view: PausableView; readonly halt: () => Promise<void> }): void;
  /** Gives the signals back. */
  close(): void;
}

const question =
  '\nThe run goes on in AWS. d: detach, it goes on alone; h: halt it; c: continue to follow it [d/h/c] ';

/**
 * Before a run began, an interruption ends the command. Afterwards it asks what is to become of the run; where nobody can be asked,
 * `onInterrupt` says it. A second interruption always lets go of the run.
 */
export function createLettingGo(io: Io, outside: Outside, onInterrupt: OnInterrupt = 'detach'): LettingGo {
  const ended = new AbortController();
  let run: Parameters<LettingGo['begin']>[0] | undefined;
  let isAnswering = false;
  let isHalted = false;

  const answer = async ({ view, halt }: NonNullable<typeof run>, name: NodeJS.Signals) => {
    const unasked = isHalted ? 'detach' : onInterrupt;
    const chosen =
      outside.ask !== undefined && name === 'SIGINT' ? await askWhat(outside.ask, view) : unasked;
    if (chosen === 'detach') ended.abort();
    if (chosen === 'halt') {
      isHalted = true;
      await halt();
    }
    view.resume();
  };

  const close = outside.onSignal((name) => {
    if (run === undefined || isAnswering) {
      ended.abort();
      return;
    }
    isAnswering = true;
    answer(run, name).then(
      () => {
        isAnswering = false;
      },
      (thrown: unknown) => {
        isAnswering = false;
        printLine(
          io.stderr,
          `The run could not be halted: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
        );
        run?.view.resume();
      },
    );
  });
  return {
    signal: ended.signal,
    begin: (begun) => {
      run = begun;
    },
    close,
  };
}

async function askWhat(
  ask: NonNullable<Outside['ask']>,
  view: PausableView,
): Promise<OnInterrupt | 'continue'> {
  view.pause();
  for (;;) {
    // No answer is Ctrl-C again, or a terminal that is gone.
    switch ((await ask(question))?.toLowerCase()) {
      case 'd':
      case 'detach':
      case undefined:
        return 'detach';
      case 'h':
      case 'halt':
        return 'halt';
      case 'c':
      case 'continue':
        return 'continue';
    }
  }
}
