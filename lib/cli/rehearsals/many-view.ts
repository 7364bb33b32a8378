import { createLogUpdate } from 'log-update';
import { formatSeconds } from '../../report/format.ts';
import type { Clock } from '../../run/ports.ts';
import { type Line, paint, piece, verdictLooks } from '../view/line.ts';
import { emptyPicture, type RunPicture, withEvent } from '../view/run-picture.ts';
import { plainText } from '../view/text-width.ts';
import type { ViewStream } from '../view/view-options.ts';
import { type Job, nameOf, type Outcome } from './job.ts';
import { type Row, screenOfMany, whereIs } from './many-screen.ts';
import type { Told } from './messages.ts';

/** How many rehearsals are shown while they go on. */
export interface ManyView {
  begin(job: Job): void;
  tell(job: Job, event: Told): void;
  end(outcome: Outcome): void;
  note(text: string): void;
  /** Gives the terminal back. Closing twice does nothing more. */
  close(): void;
}

export interface ManyViewOptions {
  readonly stream: ViewStream;
  readonly isTerminal: boolean;
  readonly colours: boolean;
  readonly clock: Clock;
  readonly jobs: readonly Job[];
  readonly title: string;
}

/** How often countdowns are brought up to date. */
const redrawEveryMs = 250;
/** DECTCEM, which hides and shows the cursor (ECMA-48 private mode 25). */
const cursor = { hide: '\u001B[?25l', show: '\u001B[?25h' } as const;

export const createManyView = (options: ManyViewOptions): ManyView =>
  options.isTerminal ? onTerminal(options) : asLines(options);

function onTerminal({ stream, colours, clock, jobs, title }: ManyViewOptions): ManyView {
  const log = createLogUpdate(stream, { showCursor: true, defaultWidth: 80 });
  const rows = new Map<Job, Row>(jobs.map((job) => [job, { kind: 'waiting', job }]));
  const notes: string[] = [];
  const closing = new AbortController();
  const draw = () => {
    const size = { columns: (stream.columns ?? 80) - 1, rows: stream.rows };
    const lines: readonly Line[] = screenOfMany(title, [...rows.values()], notes, size, clock.now());
    log(lines.map((line) => paint(line, colours)).join('\n'));
  };
  const redraw = async () => {
    while (!closing.signal.aborted) {
      draw();
      await clock.sleep(redrawEveryMs, closing.signal);
    }
  };
  stream.write(cursor.hide);
  void redraw();
  return {
    begin: (job) => {
      rows.set(job, {
        kind: 'running',
        job,
        startMs: clock.now(),
        picture: emptyPicture(job.experiment.parsed),
      });
    },
    tell: (job, event) => {
      const row = rows.get(job);
      if (row?.kind === 'running') rows.set(job, { ...row, picture: withEvent(row.picture, event) });
    },
    end: (outcome) => void rows.set(outcome.job, { kind: 'over', outcome }),
    note: (text) => void notes.push(text),
    close: () => {
      if (closing.signal.aborted) return;
      closing.abort();
      // The table that follows says it all.
      log.clear();
      log.done();
      stream.write(cursor.show);
    },
  };
}

function asLines({ stream, colours, clock, title }: ManyViewOptions): ManyView {
  const startMs = clock.now();
  const pictures = new Map<Job, RunPicture>();
  const write = (job: Job | undefined, text: Line) => {
    const time = `+${formatSeconds(Math.round((clock.now() - startMs) / 1_000))}  `;
    const name = job === undefined ? '' : `${plainText(nameOf(job))}: `;
    stream.write(`${time}${name}${paint(text, colours)}\n`);
  };
  stream.write(`${plainText(title)}\n`);
  return {
    begin: (job) => {
      pictures.set(job, emptyPicture(job.experiment.parsed));
      write(job, [piece('its lab is starting')]);
    },
    tell: (job, event) => {
      const before = pictures.get(job);
      if (before === undefined || event.kind !== 'phase') return;
      const after = withEvent(before, event);
      pictures.set(job, after);
      if (after.current !== before.current) write(job, [piece(plainText(whereIs(after)))]);
    },
    end: ({ job, verdict, seconds }) => {
      const look = verdict === 'not run' ? 'faint' : verdictLooks[verdict];
      write(job, [piece(verdict, look), piece(` after ${formatSeconds(Math.round(seconds))}`)]);
    },
    note: (text) => write(undefined, [piece(plainText(text))]),
    close: () => undefined,
  };
}
