import { formatNumber, formatSeconds } from '../../report/format.ts';
import type { ProgressEvent } from '../../run/progress.ts';
import { type Gauge, gaugesOf } from './gauge.ts';
import { emptyPicture, type RunPicture, ratePerSecond, withEvent } from './run-picture.ts';
import { plainText } from './text-width.ts';
import type { View, ViewOptions } from './view-options.ts';

/** How far apart two lines of figures are. */
const figuresEveryMs = 5_000;

const left = (untilMs: number | undefined, nowMs: number): string =>
  untilMs === undefined ? '' : `, ${formatSeconds(Math.max(0, Math.ceil((untilMs - nowMs) / 1_000)))} left`;

function probeFigures(probe: string, gauges: readonly Gauge[], picture: RunPicture): string {
  const last = picture.windows.get(probe)?.at(-1);
  if (last === undefined) return `${probe}: no data`;
  const parts = gauges.map((gauge) => {
    const value = gauge.read(last);
    const limit =
      gauge.limit === undefined ? '' : ` (${gauge.isBeyond(last) ? 'not ' : ''}${gauge.limit.text})`;
    return value === undefined ? `${gauge.name} no data` : `${gauge.name} ${gauge.format(value)}${limit}`;
  });
  return `${probe}: ${formatNumber(ratePerSecond(last))}/s, ${parts.join(', ')}`;
}

/** What an event says in one line; undefined where it says nothing new. */
function textOf(event: ProgressEvent, before: RunPicture, after: RunPicture): string | undefined {
  switch (event.kind) {
    case 'phase': {
      const { phase: last } = before;
      if (last?.phase === event.phase && last.stage === event.stage && last.waitingFor === event.waitingFor)
        return undefined;
      const name = after.steps[after.current ?? -1]?.name ?? event.phase;
      return `${name}: waiting for ${event.waitingFor}${left(event.untilMs, event.atMs)}`;
    }
    case 'fault':
      if (before.fault?.stage === event.stage && before.fault.status === event.status) return undefined;
      return `fault: ${event.status}${left(event.untilMs, event.atMs)}`;
    case 'note':
      return event.text;
    case 'verdict':
      return `verdict: ${event.verdict}`;
    case 'window':
      return undefined;
  }
}

/** Shows a run as plain lines: one for each thing that happens, and the figures every five seconds. */
export function createPlainView({ stream, experiment, environment }: ViewOptions): View {
  const gauges = [...Map.groupBy(gaugesOf(experiment), (gauge) => gauge.probe)];
  let picture = emptyPicture(experiment);
  let figuresAtMs: number | undefined;
  let isClosed = false;

  const write = (atMs: number, text: string): void => {
    stream.write(
      `+${formatSeconds(Math.round((atMs - (picture.startMs ?? atMs)) / 1_000))}  ${plainText(text)}\n`,
    );
  };

  return {
    progress: {
      tell(event) {
        if (isClosed) return;
        if (picture.startMs === undefined)
          stream.write(`${plainText(`${experiment.title} (${experiment.id} in ${environment})`)}\n`);
        const before = picture;
        picture = withEvent(picture, event);
        const text = textOf(event, before, picture);
        if (text !== undefined) write(event.atMs, text);
        if (event.kind !== 'window') return;
        figuresAtMs ??= event.atMs;
        if (event.atMs - figuresAtMs < figuresEveryMs) return;
        figuresAtMs = event.atMs;
        write(event.atMs, gauges.map(([probe, own]) => probeFigures(probe, own, picture)).join('; '));
      },
    },
    close() {
      isClosed = true;
    },
  };
}
