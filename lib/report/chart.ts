import { axisUnit, timeAxis } from './axes.ts';
import { type Html, html } from './html.ts';
import { linearScale, pathThrough, type Scale } from './scale.ts';
import type { Span } from './spans.ts';
import { type Reading, thin } from './thin.ts';

/** A line of a chart; `look` names its colour and dashes in the style sheet. */
export interface Series {
  readonly name: string;
  readonly look: 'p50' | 'p95' | 'p99' | 'errors' | 'value';
  readonly readings: readonly Reading[];
}

export interface LimitLine {
  readonly label: string;
  readonly value: number;
}

export interface ChartSpec {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  readonly heading: string;
  /** What the picture shows, for those who do not see it. */
  readonly description: string;
  readonly series: readonly Series[];
  readonly limits: readonly LimitLine[];
  readonly spans: readonly Span[];
  readonly gaps: readonly { readonly startMs: number; readonly endMs: number }[];
  /** Moments at which a fault was ended early. */
  readonly halts: readonly number[];
  /** What the time axis counts from. */
  readonly originMs: number;
  readonly startMs: number;
  readonly endMs: number;
  /** The ends of the value axis. */
  readonly low: number;
  readonly high: number;
  readonly format: (value: number) => string;
}

/** A drawing's size in pixels; a page holds a wide one for desks and print and a narrow one for phones. */
export interface Size {
  readonly name: 'wide' | 'narrow';
  readonly width: number;
  readonly height: number;
  readonly buckets: number;
}

export const sizes: readonly Size[] = [
  { name: 'wide', width: 960, height: 300, buckets: 400 },
  { name: 'narrow', width: 344, height: 250, buckets: 150 },
];

const margin = { top: 26, right: 10, bottom: 42, left: 58 };
/** The width of a letter of a chart's labels, generously, so that labels do not run into one another. */
const letterPx = 6.8;

const round = (value: number): number => Math.round(value * 10) / 10;

function band(span: Span, x: Scale, bottom: number): Html {
  const left = round(x(span.startMs));
  const width = Math.max(1, round(x(span.endMs) - x(span.startMs)));
  const label = span.labels.find((text) => text.length * letterPx <= width - 4);
  const edge =
    span.kind === 'fault' &&
    html`<path class="edge" d="M${left},${margin.top}V${bottom}M${left + width},${margin.top}V${bottom}"/>`;
  return html`<g class="band ${span.kind}"><rect x="${left}" y="${margin.top}" width="${width}" height="${bottom - margin.top}"/>${edge}${
    label !== undefined &&
    html`<text x="${round(left + width / 2)}" y="${margin.top - 8}" text-anchor="middle">${label}</text>`
  }</g>`;
}

function limitLine(limit: LimitLine, spec: ChartSpec, x: Scale, y: Scale): Html {
  const [left, right] = [x(spec.startMs), x(spec.endMs)];
  const height = round(y(limit.value));
  // Below the line where the label would run into the top of the frame.
  const baseline = height < margin.top + 18 ? height + 14 : height - 5;
  return html`<g class="limit"><path d="M${round(left)},${height}H${round(right)}"/><text x="${round(right) - 4}" y="${baseline}" text-anchor="end">${limit.label}</text></g>`;
}

function seriesPath(series: Series, size: Size, x: Scale, y: Scale): Html {
  const { runs, perBucket } = thin(series.readings, size.buckets);
  const d = runs.map((run) => pathThrough(run.map(({ atMs, value }) => [x(atMs), y(value)]))).join('');
  return html`<path class="line ${series.look}${perBucket > 1 && ' dense'}" d="${d}"/>`;
}

const valueTicks = (size: Size, y: Scale) => y.ticks(size.name === 'wide' ? 5 : 4);

/** Between a value's label and its line, and before the label. */
const labelGapPx = 8;

/** Where the time axis begins: behind the longest label of the value axis. */
function leftOf({ format }: ChartSpec, size: Size, y: Scale): number {
  const letters = Math.max(...valueTicks(size, y).map((tick) => format(tick).length));
  return Math.max(margin.left, Math.ceil(letters * letterPx) + 2 * labelGapPx);
}

function valueAxis(spec: ChartSpec, size: Size, x: Scale, y: Scale): Html {
  const [left, right] = [round(x(spec.startMs)), round(x(spec.endMs))];
  const ticks = valueTicks(size, y);
  return html`<g class="axis">${ticks.map(
    (tick) =>
      html`<path class="grid" d="M${left},${round(y(tick))}H${right}"/><text x="${left - labelGapPx}" y="${round(y(tick)) + 4}" text-anchor="end">${spec.format(tick)}</text>`,
  )}</g>`;
}

/** One drawing of a chart. */
export function drawChart(spec: ChartSpec, size: Size): Html {
  const bottom = size.height - margin.bottom;
  const y = linearScale([spec.low, spec.high], [bottom, margin.top]);
  const x = linearScale([spec.startMs, spec.endMs], [leftOf(spec, size, y), size.width - margin.right]);
  const unit = axisUnit(spec.endMs - spec.originMs);
  const [titleId, descriptionId] = [`${spec.id}-${size.name}-title`, `${spec.id}-${size.name}-description`];
  return html`<svg class="chart ${size.name}" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="${titleId}" aria-describedby="${descriptionId}">
<title id="${titleId}">${spec.title}</title><desc id="${descriptionId}">${spec.description}</desc>
${spec.spans.map((span) => band(span, x, bottom))}
${valueAxis(spec, size, x, y)}${timeAxis(x, { ...spec, bottom, unit, wide: size.name === 'wide' })}
${spec.gaps.map((gap) => html`<rect class="gap" x="${round(x(gap.startMs))}" y="${bottom - 6}" width="${Math.max(1, round(x(gap.endMs) - x(gap.startMs)))}" height="6"/>`)}
${spec.series.map((series) => seriesPath(series, size, x, y))}
${spec.limits.map((limit) => limitLine(limit, spec, x, y))}
${spec.halts.map((atMs) => html`<g class="halt"><path d="M${round(x(atMs))},${margin.top}V${bottom}"/><text x="${round(x(atMs)) - 4}" y="${round((margin.top + bottom) / 2)}" text-anchor="end">halt</text></g>`)}
</svg>`;
}
