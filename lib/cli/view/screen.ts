import { formatNumber, formatSeconds } from '../../report/format.ts';
import type { Gauge } from './gauge.ts';
import { cutTo, type Line, type Look, type Piece, piece, verdictLooks } from './line.ts';
import { type RunPicture, ratePerSecond, type Step } from './run-picture.ts';
import { sparkline } from './sparkline.ts';
import { clip, pad, plainText, widthOf } from './text-width.ts';

export interface ScreenOptions {
  readonly title: string;
  /** Which experiment it is, and where it runs. */
  readonly subject: string;
  readonly gauges: readonly Gauge[];
  readonly columns: number;
  readonly rows: number | undefined;
  readonly nowMs: number;
}

const widths = { probe: 12, rate: 7, name: 7, value: 9, limit: 14, longestSparkline: 60 } as const;

/** Whole seconds, so that a countdown does not flicker. */
const wholeSeconds = (ms: number): string => formatSeconds(Math.max(0, Math.ceil(ms / 1_000)));

const left = (untilMs: number | undefined, nowMs: number): Line =>
  untilMs === undefined ? [] : [piece(`  ${wholeSeconds(untilMs - nowMs)} left`, 'accent')];

/** How long a step took: until the next one that was entered. */
function tookMs(steps: readonly Step[], index: number, nowMs: number): number | undefined {
  const startMs = steps[index]?.startMs;
  const nextMs = steps.slice(index + 1).find((step) => step.startMs !== undefined)?.startMs ?? nowMs;
  return startMs === undefined ? undefined : nextMs - startMs;
}

function stepLine(picture: RunPicture, index: number, nowMs: number): Line {
  const { steps, current = -1, verdict } = picture;
  const name = pad(plainText(steps[index]?.name ?? ''), 24);
  const took = tookMs(steps, index, nowMs);
  const time = took === undefined ? '' : formatSeconds(Math.round(took / 1_000));
  if (index === current && verdict === undefined)
    return [piece(' ▶ ', 'accent'), piece(name, 'strong'), piece(time)];
  if (took !== undefined) return [piece(' ✔ ', 'good'), piece(name), piece(time, 'faint')];
  return index < current ? [piece(` – ${name}left out`, 'faint')] : [piece(` · ${name}`, 'faint')];
}

/** What is going on and how long it still will be; the text is cut before the time is. */
function countdown(label: string, text: Piece, untilMs: number | undefined, options: ScreenOptions): Line {
  const start = ` ${pad(label, 12)}`;
  const time = left(untilMs, options.nowMs);
  const room = time.reduce((columns, one) => columns - widthOf(one.text), options.columns - widthOf(start));
  return [piece(start, 'faint'), { ...text, text: clip(plainText(text.text), room) }, ...time];
}

function waitingLines({ phase, fault, verdict }: RunPicture, options: ScreenOptions): Line[] {
  if (phase === undefined || verdict !== undefined) return [];
  const waiting = countdown('waiting for', piece(phase.waitingFor), phase.untilMs, options);
  const isOn = phase.phase === 'stage' && fault !== undefined && fault.stage === (phase.stage ?? 0);
  return isOn
    ? [waiting, countdown('fault', piece(fault.status, 'doubt'), fault.untilMs, options)]
    : [waiting];
}

function gaugeLine(gauge: Gauge, isFirst: boolean, picture: RunPicture, columns: number): Line {
  const windows = picture.windows.get(gauge.probe) ?? [];
  const last = windows.at(-1);
  const value = last === undefined ? undefined : gauge.read(last);
  const isBeyond = last !== undefined && gauge.isBeyond(last);
  const look: Look =
    value === undefined ? 'doubt' : isBeyond ? 'bad' : gauge.limit === undefined ? 'plain' : 'good';
  const readings = windows.map(gauge.read);
  const isUpper = gauge.limit?.text.includes('below') === true;
  const top = isUpper ? (gauge.limit?.value ?? 0) : Math.max(0, ...readings.map((reading) => reading ?? 0));
  const used = 1 + widths.probe + widths.rate + widths.name + widths.value + 2 + widths.limit + 1;
  return [
    piece(` ${pad(isFirst ? gauge.probe : '', widths.probe - 1)} `, 'strong'),
    piece(
      pad(isFirst && last !== undefined ? `${formatNumber(ratePerSecond(last))}/s` : '', widths.rate),
      'faint',
    ),
    piece(pad(gauge.name, widths.name)),
    piece(pad(value === undefined ? 'no data' : gauge.format(value), widths.value, 'left'), look),
    piece(isBeyond ? ' ✗' : '  ', 'bad'),
    piece(` ${pad(gauge.limit?.text ?? '', widths.limit - 1)} `, 'faint'),
    piece(
      sparkline(readings, Math.min(widths.longestSparkline, columns - used), top),
      isBeyond ? 'bad' : 'accent',
    ),
  ];
}

function noteLines(picture: RunPicture): Line[] {
  const originMs = picture.startMs ?? 0;
  return picture.notes.map((note) => [
    piece(` ${pad(`+${formatSeconds(Math.round((note.atMs - originMs) / 1_000))}`, 12)}`, 'faint'),
    piece(plainText(note.text)),
  ]);
}

const blank: Line = [];

/** Blocks of lines with an empty line between them; empty blocks are left out. */
const spaced = (blocks: readonly (readonly Line[])[]): Line[] =>
  blocks
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : [blank, ...block]));

/** The live view as lines, none wider than the terminal, and no more than it has rows. */
export function screen(picture: RunPicture, options: ScreenOptions): Line[] {
  const { gauges, columns, rows, nowMs, verdict } = { ...options, verdict: picture.verdict };
  const header: Line[] = [
    [piece(plainText(options.title), 'strong')],
    [piece(plainText(options.subject), 'faint')],
  ];
  const end: Line[] =
    verdict === undefined ? [] : [[piece(' verdict     ', 'faint'), piece(verdict, verdictLooks[verdict])]];
  const lines = spaced([
    header,
    picture.steps.map((_, index) => stepLine(picture, index, nowMs)),
    [...waitingLines(picture, options), ...end],
    verdict === undefined && picture.windows.size > 0
      ? gauges.map((gauge, index) =>
          gaugeLine(gauge, gauge.probe !== gauges[index - 1]?.probe, picture, columns),
        )
      : [],
    noteLines(picture),
  ]);
  const shown = rows === undefined || lines.length < rows ? lines : lines.slice(0, Math.max(1, rows - 1));
  return shown.map((line) => cutTo(line, columns));
}
