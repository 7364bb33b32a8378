import { exitCodes } from '../../experiment/verdict.ts';
import type { Clock } from '../../run/ports.ts';
import { exitCode, exitCodeOf } from '../exit-code.ts';
import { reasonOfSignal } from '../interruption.ts';
import type { Ended, Led } from './start-rehearsal.ts';

/** What a person can ask for by one key. */
export type Key = 'again' | 'quit';

/** What a rehearsal that is watched reaches of the world. */
export interface WatchPorts {
  readonly clock: Clock;
  /** Begins the rehearsal, which shows itself. */
  readonly start: () => Led;
  /** Tells each file that has changed, by its path for people; the answer ends that. */
  readonly watch: (onChange: (path: string) => void) => () => void;
  /** Hears keys; the answer gives the keyboard back. Absent where nobody has one. */
  readonly keys?: (onKey: (key: Key) => void) => () => void;
  readonly onSignal: (listener: (name: NodeJS.Signals) => void) => () => void;
  readonly tell: (text: string) => void;
}

/** How long nothing must change before a run begins: an editor, a formatter or git write several files in a row. */
const settlesWithinMs = 300;

type Event =
  | { readonly kind: 'changed'; readonly path: string }
  | { readonly kind: 'settled'; readonly change: number }
  | { readonly kind: 'key'; readonly key: Key }
  | { readonly kind: 'signal'; readonly name: NodeJS.Signals }
  | { readonly kind: 'ended'; readonly ended: Ended };

/** What happens, in order, for the one that waits for it. */
function createQueue<Item>() {
  const items: Item[] = [];
  let wake: (() => void) | undefined;
  return {
    put: (item: Item) => {
      items.push(item);
      wake?.();
    },
    next: async (): Promise<Item> => {
      for (;;) {
        const item = items.shift();
        if (item !== undefined) return item;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

/**
 * Rehearses, and again whenever a file has changed or Enter is pressed; a run that is under way is ended in order first. Ends by `q` or
 * a signal, a second time at once.
 *
 * @returns the exit code of the last run
 */
export async function watchRehearsal(ports: WatchPorts): Promise<number> {
  const queue = createQueue<Event>();
  const over = new AbortController();
  const release = [
    ports.watch((path) => queue.put({ kind: 'changed', path })),
    ports.onSignal((name) => queue.put({ kind: 'signal', name })),
    ports.keys?.((key) => queue.put({ kind: 'key', key })),
  ];
  let led: Led | undefined;
  let halted = false;
  let quits = false;
  let changes = 0;
  /** Why another run is to begin, once nothing runs and nothing changes any more. */
  let wanted: string | undefined;
  let isSettled = true;
  let code: number = exitCode.fine;

  const begin = (): void => {
    halted = false;
    wanted = undefined;
    const begun = ports.start();
    led = begun;
    void begun.ended.then((ended) => queue.put({ kind: 'ended', ended }));
  };
  const haltOnce = (reason: string): void => {
    if (!halted) led?.halt(reason);
    halted = true;
  };
  const quit = (reason: string): void => {
    if (quits) led?.halt(reason);
    else haltOnce(reason);
    quits = true;
  };
  const goOn = (): void => {
    if (wanted === undefined || !isSettled || led !== undefined || quits) return;
    ports.tell(`\n${wanted}`);
    begin();
  };

  begin();
  try {
    for (;;) {
      const event = await queue.next();
      switch (event.kind) {
        case 'changed': {
          wanted = `${event.path} changed.`;
          changes += 1;
          isSettled = false;
          const change = changes;
          void ports.clock
            .sleep(settlesWithinMs, over.signal)
            .then(() => queue.put({ kind: 'settled', change }));
          haltOnce(`${event.path} changed`);
          break;
        }
        case 'settled':
          if (event.change === changes) isSettled = true;
          break;
        case 'key':
          if (event.key === 'quit') quit('q was pressed');
          else {
            wanted = 'Again.';
            isSettled = true;
            haltOnce('it was to begin anew');
          }
          break;
        case 'signal':
          quit(reasonOfSignal(event.name));
          break;
        case 'ended':
          led = undefined;
          code = codeOf(event.ended);
          if (!quits && wanted === undefined)
            ports.tell(
              ports.keys === undefined
                ? '\nWaiting for a change; Ctrl-C quits.'
                : '\nWaiting for a change. Enter runs it again, q quits.',
            );
      }
      if (quits && led === undefined) return code;
      goOn();
    }
  } finally {
    over.abort();
    for (const one of release) one?.();
  }
}

function codeOf(ended: Ended): number {
  if ('journal' in ended) return exitCodes[ended.journal.verdict];
  return 'failure' in ended ? exitCodeOf(ended.failure.code) : exitCodes.unrecovered;
}
