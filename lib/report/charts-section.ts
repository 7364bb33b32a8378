import type { Journal } from '../run/journal.ts';
import { type ChartSpec, drawChart, type Series, sizes } from './chart.ts';
import { probesOf } from './figures.ts';
import { plural } from './format.ts';
import { type Html, html } from './html.ts';
import { chartsOf } from './probe-charts.ts';
import { thin } from './thin.ts';

const swatch = (series: Series): Html =>
  html`<li><svg class="swatch" viewBox="0 0 28 10" aria-hidden="true"><path class="line ${series.look}" d="M1,5H27"/></svg>${series.name}</li>`;

/** How much was left out of the drawings, in words; nothing when every window is drawn. */
function thinning(spec: ChartSpec): string | undefined {
  const readings = spec.series[0]?.readings ?? [];
  const perBucket = sizes.map((size) => thin(readings, size.buckets).perBucket);
  const most = Math.max(...perBucket);
  if (most <= 1) return undefined;
  const few = Math.min(...perBucket);
  const group = few === most ? `up to ${most}` : `up to ${few} (on a narrow screen ${most})`;
  return `${plural(readings.length, 'window')}, drawn in groups of ${group}: each group shows its lowest and its highest, so that no spike is lost.`;
}

function figure(spec: ChartSpec): Html {
  const notes = [
    thinning(spec),
    spec.gaps.length > 0
      ? 'A bar on the time axis marks where nothing was seen; lines are never drawn across it.'
      : undefined,
  ].filter((note) => note !== undefined);
  return html`<figure><figcaption><strong class="heading">${spec.heading}</strong><ul class="legend">${spec.series.map(swatch)}${
    spec.limits.length > 0 &&
    html`<li><svg class="swatch" viewBox="0 0 28 10" aria-hidden="true"><g class="limit"><path d="M1,5H27"/></g></svg>tolerance</li>`
  }</ul></figcaption>
${sizes.map((size) => drawChart(spec, size))}
${notes.length > 0 && html`<p class="note">${notes.join(' ')}</p>`}</figure>`;
}

/** What each probe saw over time. */
export function chartsSection(journal: Journal): Html | undefined {
  const probes = probesOf(journal).flatMap((probe, index) => {
    const specs = chartsOf(journal, probe, index);
    return specs.length === 0 ? [] : html`<h3>${probe}</h3>${specs.map(figure)}`;
  });
  return probes.length === 0 ? undefined : html`<section><h2>Over time</h2>${probes}</section>`;
}
