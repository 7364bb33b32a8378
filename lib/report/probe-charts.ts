import type { Journal } from '../run/journal.ts';
import type { ToleranceJudgement } from '../steady-state/judgement.ts';
import type { Window } from '../steady-state/window.ts';
import type { ChartSpec, LimitLine, Series } from './chart.ts';
import { latencyMeasures } from './figure.ts';
import { formatIn, formatMs, formatRatio, measureName, type Unit } from './format.ts';
import { gapsOf } from './gaps.ts';
import { highest, lowest, median } from './numbers.ts';
import { type Span, spansOf } from './spans.ts';
import type { Reading } from './thin.ts';

const valueMeasures = ['age', 'count', 'value'];

/** What all charts of a page share. */
interface Frame {
  readonly journal: Journal;
  readonly spans: readonly Span[];
  readonly startMs: number;
  readonly endMs: number;
}

/** A line per tolerance. A range has two limits in its text and one number, so that plain values are read from the text. */
function limitsOf(judgements: readonly ToleranceJudgement[]): LimitLine[] {
  return judgements.flatMap(({ tolerance, limit, limitValue, unit }): LimitLine[] => {
    const label = `${measureName(tolerance)} ${limit}`;
    if (unit !== '') return [{ label, value: limitValue }];
    const parts = [...limit.matchAll(/(above|below) (-?[\d.]+)/g)];
    return parts.length === 0
      ? [{ label, value: limitValue }]
      : parts.map(([text, , number]) => ({
          label: `${measureName(tolerance)} ${text}`,
          value: Number(number),
        }));
  });
}

const readingsOf = (windows: readonly Window[], value: (window: Window) => number | undefined): Reading[] =>
  windows.map((window) => ({
    startMs: window.startMs,
    endMs: window.endMs,
    value: window.count === 0 ? undefined : value(window),
  }));

/** The course of a line in words: how high it went in each part of the run. */
function describe(series: Series, spans: readonly Span[], format: (value: number) => string): string {
  const parts = spans.flatMap((span) => {
    const values = series.readings.flatMap(({ startMs, value }) =>
      value !== undefined && startMs >= span.startMs && startMs < span.endMs ? value : [],
    );
    const middle = median(values);
    return middle === undefined
      ? [`no data in ${span.labels[0]}`]
      : [`mostly ${format(middle)} and at most ${format(highest(values))} in ${span.labels[0]}`];
  });
  return `${series.name}: ${parts.join('; ')}.`;
}

interface Drawn {
  readonly kind: 'latency' | 'errors' | 'value';
  readonly heading: string;
  readonly series: readonly Series[];
  readonly judgements: readonly ToleranceJudgement[];
  readonly format: (value: number) => string;
  /** The least height of the value axis. */
  readonly leastTop: number;
}

/** The value axis holds zero, all values and all limits, with some air above. */
function extentOf(drawn: Drawn, limits: readonly LimitLine[]): { low: number; high: number } {
  const values = drawn.series.flatMap((series) => series.readings.flatMap((reading) => reading.value ?? []));
  const bounds = limits.map((limit) => limit.value);
  return {
    low: Math.min(0, lowest(values), ...bounds),
    high: 1.12 * Math.max(highest(values), ...bounds, drawn.leastTop),
  };
}

function specOf(frame: Frame, id: string, probe: string, drawn: Drawn): ChartSpec {
  const limits = limitsOf(drawn.judgements);
  const readings = drawn.series[0]?.readings ?? [];
  const lengthMs = frame.endMs - frame.startMs;
  // A gap is worth a mark when a window is missing, and wide enough to be seen.
  const leastMs = Math.max(
    lengthMs / 400,
    1.5 * highest(readings.map((reading) => reading.endMs - reading.startMs)),
  );
  return {
    id,
    title: `${probe}: ${drawn.heading} over time`,
    heading: drawn.heading,
    description: [
      ...drawn.series.map((series) => describe(series, frame.spans, drawn.format)),
      ...limits.map((limit) => `Tolerance: ${limit.label}.`),
    ].join(' '),
    series: drawn.series,
    limits,
    spans: frame.spans,
    gaps: frame.spans.flatMap((span) => gapsOf(readings, span, leastMs)),
    halts: frame.journal.stages.flatMap(({ halt, soak }) =>
      [halt, soak?.halt].flatMap((one) => (one === undefined ? [] : Date.parse(one.at))),
    ),
    originMs: Date.parse(frame.journal.start),
    startMs: frame.startMs,
    endMs: frame.endMs,
    ...extentOf(drawn, limits),
    format: drawn.format,
  };
}

function latency(windows: readonly Window[], judgements: readonly ToleranceJudgement[]): Drawn {
  return {
    kind: 'latency',
    heading: 'latency',
    series: latencyMeasures.map((name) => ({
      name,
      look: name,
      readings: readingsOf(windows, (window) => window[`${name}Ms`]),
    })),
    judgements: judgements.filter(({ unit }) => unit === 'ms'),
    format: formatMs,
    leastTop: 1,
  };
}

function errors(windows: readonly Window[], judgements: readonly ToleranceJudgement[]): Drawn {
  return {
    kind: 'errors',
    heading: 'errors',
    series: [
      {
        name: 'error rate',
        look: 'errors',
        readings: readingsOf(windows, (window) => window.errors / window.count),
      },
    ],
    judgements: judgements.filter(({ tolerance }) => tolerance === 'errorRate'),
    format: formatRatio,
    leastTop: 0.01,
  };
}

function value(windows: readonly Window[], judgements: readonly ToleranceJudgement[]): Drawn {
  const own = judgements.filter(({ tolerance }) => valueMeasures.includes(tolerance));
  const unit: Unit = own[0]?.unit ?? '';
  const name = own[0]?.tolerance ?? 'value';
  const low = own[0] !== undefined && !own[0].limit.includes('below');
  return {
    kind: 'value',
    heading: name,
    series: [
      {
        name: low ? `lowest ${name}` : `highest ${name}`,
        look: 'value',
        readings: readingsOf(windows, (window) => (low ? window.lowestValue : window.highestValue)),
      },
    ],
    judgements: own,
    format: (number) => formatIn(unit, number),
    leastTop: 1,
  };
}

/** The charts of one probe: latency, errors and values over time, each where the probe has them. */
export function chartsOf(journal: Journal, probe: string, probeIndex: number): ChartSpec[] {
  const { baseline, stages, recovery } = journal;
  const inStages = stages.flatMap((stage) => [stage, ...(stage.soak === undefined ? [] : [stage.soak])]);
  const phases = [baseline, ...inStages, ...(recovery === undefined ? [] : [recovery])];
  const windows = phases.flatMap((phase) => phase.windows);
  const own = windows.filter((window) => window.probe === probe);
  if (own.length === 0) return [];
  const spans = spansOf(journal);
  const frame: Frame = {
    journal,
    spans,
    startMs: Math.min(
      lowest(windows.map((window) => window.startMs)),
      lowest(spans.map((span) => span.startMs)),
    ),
    endMs: Math.max(highest(windows.map((window) => window.endMs)), highest(spans.map((span) => span.endMs))),
  };
  const tolerances = phases
    .flatMap((phase) => phase.tolerances)
    .filter((judgement) => judgement.probe === probe);
  const judgements = [...new Map(tolerances.map((judgement) => [judgement.tolerance, judgement])).values()];
  const isHttp =
    own.some((window) => window.p50Ms !== undefined) ||
    judgements.some(({ unit }) => unit === 'ms' || unit === 'ratio');
  const hasValue =
    own.some((window) => window.highestValue !== undefined) ||
    judgements.some(({ tolerance }) => valueMeasures.includes(tolerance));
  const drawn = [
    ...(isHttp ? [latency(own, judgements), errors(own, judgements)] : []),
    ...(hasValue ? [value(own, judgements)] : []),
  ];
  return drawn.map((one) => specOf(frame, `chart-${probeIndex + 1}-${one.kind}`, probe, one));
}
