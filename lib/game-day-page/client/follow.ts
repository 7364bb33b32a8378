import type { GameDayView } from '../../game-day/view.ts';

export interface Listener {
  view(view: GameDayView): void;
  /** The connection was lost; it is tried again. */
  lost(): void;
  found(): void;
  /** Nothing more comes: the rehearsal is over, or does not know this browser any more. */
  ended(why: 'over' | 'unknown'): void;
}

/** Three views have not come: the server sends one every 5 s at least. */
const silentForMs = 15_000;
const firstAgainMs = 500;
/** On loopback asking costs nothing; a server that is back is found soon. */
const longestAgainMs = 5_000;

/** The server is ours, and the stream of this session; this tells a view from what is none. */
const isView = (value: unknown): value is GameDayView =>
  typeof value === 'object' && value !== null && 'edition' in value && 'offers' in value;

/**
 * Follows the views of a session. A browser's own way to come back does not say how it stands and waits as long as it likes, so
 * each stream is opened anew here. A page that nobody sees lets go of its stream: browsers keep six for all tabs of a server.
 */
export function follow(base: string, listener: Listener): void {
  let source: EventSource | undefined;
  let silence = 0;
  let again = 0;
  let waitMs = firstAgainMs;
  let isLost = false;
  let isOver = false;

  const close = (): void => {
    source?.close();
    source = undefined;
    clearTimeout(silence);
    clearTimeout(again);
  };

  const end = (why: 'over' | 'unknown'): void => {
    isOver = true;
    close();
    listener.ended(why);
  };

  const lose = (): void => {
    close();
    if (!isLost) listener.lost();
    isLost = true;
    again = setTimeout(() => void ask(), waitMs);
    waitMs = Math.min(waitMs * 2, longestAgainMs);
  };

  const hear = (): void => {
    clearTimeout(silence);
    silence = setTimeout(lose, silentForMs);
    waitMs = firstAgainMs;
    if (isLost) listener.found();
    isLost = false;
  };

  const open = (): void => {
    close();
    source = new EventSource(`${base}/views`);
    source.addEventListener('view', ({ data }: MessageEvent<string>) => {
      hear();
      const view: unknown = JSON.parse(data);
      if (isView(view)) listener.view(view);
    });
    source.addEventListener('ended', () => end('over'));
    source.addEventListener('error', lose);
    silence = setTimeout(lose, silentForMs);
  };

  /** Asks whether the server is there and knows us, which a stream that fails does not tell. */
  const ask = async (): Promise<void> => {
    const answer = await fetch(`${base}/alive`, { signal: AbortSignal.timeout(silentForMs) }).catch(
      () => undefined,
    );
    if (isOver || document.hidden) return;
    if (answer === undefined) lose();
    else if (answer.ok) open();
    else end('unknown');
  };

  document.addEventListener('visibilitychange', () => {
    if (isOver) return;
    if (document.hidden) close();
    else void ask();
  });
  open();
}
