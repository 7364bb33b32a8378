import { connect } from 'node:net';

/** A connection that ends so soon after it was opened was not wanted. */
const wantedAfterMs = 1_000;
/** How long it waits before it tries again what was refused: often enough to take what becomes free. */
const retryMs = 100;
/** How many are opened at the same time: fewer than a listener keeps waiting (128 on old systems). */
const atOnce = 64;

export interface HeldConnections {
  held(): number;
  /** Those that were refused, or ended right after they had been opened. */
  refused(): number;
}

/** Opens connections, says nothing on them, and holds them until this process ends; one that ends is opened again. */
export function holdConnections(
  to: { readonly host: string; readonly port: number },
  count: number,
  onGivenUp: (why: string) => void,
): HeldConnections {
  let [held, opening, waiting, refused] = [0, 0, 0, 0];
  const open = () => {
    opening += 1;
    let openedMs: number | undefined;
    const socket = connect(to);
    // What is said is read and left out: a full buffer would look like a slow client.
    socket.resume();
    socket.once('connect', () => {
      openedMs = performance.now();
      opening -= 1;
      held += 1;
      fill();
    });
    socket.once('error', (error) => {
      if ('code' in error && error.code === 'EMFILE')
        onGivenUp(`this machine lets a process hold no more than ${held} connections`);
    });
    socket.once('close', () => {
      if (openedMs === undefined) opening -= 1;
      else held -= 1;
      if (openedMs === undefined || performance.now() - openedMs < wantedAfterMs) refused += 1;
      waiting += 1;
      setTimeout(() => {
        waiting -= 1;
        fill();
      }, retryMs);
    });
  };
  const fill = () => {
    while (held + opening + waiting < count && opening < atOnce) open();
  };
  fill();
  return { held: () => held, refused: () => refused };
}
