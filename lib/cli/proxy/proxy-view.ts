import { createLogUpdate } from 'log-update';
import type { ProxyServer } from '../../lab/proxy/control/proxy-server.ts';
import { formatSeconds } from '../../report/format.ts';
import type { Clock } from '../../run/ports.ts';
import { paint } from '../view/line.ts';
import { plainText } from '../view/text-width.ts';
import type { ViewStream } from '../view/view-options.ts';
import { proxyScreen } from './proxy-screen.ts';

export interface ProxyViewOptions {
  readonly stream: ViewStream;
  /** Redraws in place on a terminal; else a line for each change. */
  readonly isTerminal: boolean;
  readonly columns: number;
  readonly colours: boolean;
  readonly clock: Clock;
  readonly seed: number;
}

/** How a fault proxy is shown while it serves. */
export interface ProxyView {
  /** From now on there is something to show. */
  readonly show: (server: ProxyServer) => void;
  /** Something changed. */
  readonly tell: (text: string) => void;
  /** Gives the terminal back; the last picture stays. Twice is no error. */
  readonly close: () => void;
}

/** How often figures are brought up to date. */
const redrawEveryMs = 500;

/** How many changes are kept to be shown. */
const keptChanges = 20;

/** DECTCEM, which hides and shows the cursor (ECMA-48 private mode 25). */
const cursor = { hide: '\u001B[?25l', show: '\u001B[?25h' } as const;

export const createProxyView = (options: ProxyViewOptions): ProxyView =>
  options.isTerminal ? terminalView(options) : plainView(options);

function plainView({ stream, clock, seed }: ProxyViewOptions): ProxyView {
  const startMs = clock.now();
  const write = (text: string) =>
    void stream.write(`+${formatSeconds(Math.round((clock.now() - startMs) / 1_000))}  ${plainText(text)}\n`);
  return {
    show: ({ url }) => write(`the fault proxy listens at ${url}, seed ${seed}`),
    tell: write,
    close: () => undefined,
  };
}

function terminalView({ stream, clock, colours, columns, seed }: ProxyViewOptions): ProxyView {
  const closing = new AbortController();
  const log = createLogUpdate(stream, { showCursor: true, defaultWidth: columns });
  const changes: string[] = [];
  let shown: ProxyServer | undefined;

  const draw = (): void => {
    if (shown === undefined) return;
    const lines = proxyScreen(
      { proxies: shown.proxies(), toxics: shown.toxics(), url: shown.url, seed, changes },
      // One column is left free: many terminals begin a new line after the last one.
      { columns: (stream.columns ?? columns) - 1, rows: stream.rows, nowMs: clock.now() },
    );
    log(lines.map((line) => paint(line, colours)).join('\n'));
  };

  const redraw = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      draw();
      await clock.sleep(redrawEveryMs, closing.signal);
    }
  };

  return {
    show: (server) => {
      shown = server;
      stream.write(cursor.hide);
      void redraw();
    },
    tell: (text) => {
      changes.push(text);
      if (changes.length > keptChanges) changes.shift();
      if (!closing.signal.aborted) draw();
    },
    close: () => {
      if (closing.signal.aborted) return;
      closing.abort();
      if (shown === undefined) return;
      draw();
      log.done();
      stream.write(cursor.show);
    },
  };
}
