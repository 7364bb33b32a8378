import { createLogUpdate } from 'log-update';
import { gaugesOf } from './gauge.ts';
import { paint } from './line.ts';
import { emptyPicture, withEvent } from './run-picture.ts';
import { screen } from './screen.ts';
import type { View, ViewOptions } from './view-options.ts';

/** How often countdowns are brought up to date. */
const redrawEveryMs = 250;

/** A terminal that does not know how wide it is says 0. */
const widthOf = (...known: readonly (number | undefined)[]): number =>
  known.find((columns) => columns !== undefined && columns > 0) ?? 80;

/** DECTCEM, which hides and shows the cursor (ECMA-48 private mode 25). */
const cursor = { hide: '\u001B[?25l', show: '\u001B[?25h' } as const;

/** Shows a run on a terminal, redrawn in place; the last picture stays. */
export function createTerminalView(options: ViewOptions): View {
  const { stream, clock, colours, experiment, environment } = options;
  const gauges = gaugesOf(experiment);
  const closing = new AbortController();
  const log = createLogUpdate(stream, { showCursor: true, defaultWidth: widthOf(options.columns) });
  let picture = emptyPicture(experiment);

  const draw = (): void => {
    const lines = screen(picture, {
      title: experiment.title,
      subject: `${experiment.id} in ${environment}`,
      gauges,
      // One column is left free: many terminals begin a new line after the last one.
      columns: widthOf(stream.columns, options.columns) - 1,
      rows: stream.rows,
      nowMs: clock.now(),
    });
    log(lines.map((line) => paint(line, colours)).join('\n'));
  };

  const redraw = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      draw();
      await clock.sleep(redrawEveryMs, closing.signal);
    }
  };

  return {
    progress: {
      tell(event) {
        if (closing.signal.aborted) return;
        const isFirst = picture.startMs === undefined;
        picture = withEvent(picture, event);
        if (isFirst) {
          stream.write(cursor.hide);
          void redraw();
        } else if (event.kind !== 'window') {
          draw();
        }
      },
    },
    close() {
      if (closing.signal.aborted) return;
      closing.abort();
      if (picture.startMs === undefined) return;
      draw();
      log.done();
      stream.write(cursor.show);
    },
  };
}
