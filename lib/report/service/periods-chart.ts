import { formatNumber } from '../format.ts';
import { type Html, html } from '../html.ts';
import { highest } from '../numbers.ts';
import { table } from '../table.ts';
import type { ServicePeriod } from './service-schema.ts';

/** Drawn once for a desk and once for a phone: a page without a script cannot do it as it is opened. */
const sizes = [
  { name: 'wide', width: 960 },
  { name: 'narrow', width: 360 },
] as const;
const height = 180;
const margin = { left: 40, right: 8, top: 12, bottom: 26 };
const bottom = height - margin.bottom;

/** What is stacked, from below; told apart by outlines as well as by colours. */
const parts = [
  { key: 'held', words: 'held' },
  { key: 'notHeld', words: 'did not hold' },
  { key: 'open', words: 'could not tell' },
  { key: 'notRun', words: 'never got that far' },
] as const;

/** Styles of the bars. */
export const periodStyles = `
.bars .held, .key.held { fill: var(--met); }
.bars .notHeld, .key.notHeld { fill: var(--missed); stroke: var(--ink); stroke-width: 2; }
.bars .open, .key.open { fill: var(--unknown-ground); stroke: var(--unknown); stroke-width: 2; }
.bars .notRun, .key.notRun { fill: none; stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 4 3; }
.key { width: 14px; height: 14px; }
`;

const dayOf = (iso: string): string => iso.slice(0, 10);
const round = (value: number): number => Math.round(value * 10) / 10;

/** How many runs there were in each period and what they said: one bar a period, however many runs. The table says the same. */
export function periodsFigure(periods: readonly ServicePeriod[]): Html {
  return html`<figure><figcaption><strong class="heading">Runs over time</strong><ul class="legend">${parts.map(
    ({ key, words }) =>
      html`<li><svg class="key ${key}" viewBox="0 0 14 14" aria-hidden="true"><rect x="1" y="1" width="12" height="12"/></svg>${words}</li>`,
  )}</ul></figcaption>
${sizes.map((size) => drawing(periods, size))}
<details><summary>The same as a table</summary>${asTable(periods)}</details></figure>`;
}

function drawing(periods: readonly ServicePeriod[], { name, width }: (typeof sizes)[number]): Html {
  const most = Math.max(1, highest(periods.map(({ runs }) => runs.runs)));
  const step = (width - margin.left - margin.right) / periods.length;
  const scale = (bottom - margin.top) / most;
  const bars = periods.map(({ runs }, index) => {
    let y = bottom;
    return parts.map(({ key }) => {
      const tall = runs[key] * scale;
      y -= tall;
      return (
        tall > 0 &&
        html`<rect class="${key}" x="${round(margin.left + index * step + step * 0.15)}" y="${round(y)}" width="${round(step * 0.7)}" height="${round(tall)}"/>`
      );
    });
  });
  const [first, last] = [periods[0], periods.at(-1)];
  return html`<svg class="chart bars ${name}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Runs in each part of the time; the table below holds the same numbers">
<g class="base"><path d="M${margin.left},${bottom}H${width - margin.right}"/></g>
<text x="${margin.left - 6}" y="${margin.top + 8}" text-anchor="end">${formatNumber(most)}</text><text x="${margin.left - 6}" y="${bottom}" text-anchor="end">0</text>
${bars}
<text x="${margin.left}" y="${height - 8}">${dayOf(first?.from ?? '')}</text><text x="${width - margin.right}" y="${height - 8}" text-anchor="end">${dayOf(last?.to ?? '')}</text>
</svg>`;
}

const asTable = (periods: readonly ServicePeriod[]): Html =>
  table({
    caption: 'Runs in each part of the time; days are of UTC',
    columns: [
      'From',
      'Runs',
      ...parts.map(({ words }) => words.replace(/^./, (letter) => letter.toUpperCase())),
    ],
    numeric: [1, 2, 3, 4, 5],
    rows: periods.map(({ from, runs }) => ({
      first: true,
      cells: [dayOf(from), runs.runs, ...parts.map(({ key }) => runs[key])],
    })),
  });
