/** Charts. Lines differ in dashes as well as in colour. */
export const charts = `
figure { margin: 0 0 20px; }
figcaption { display: flex; flex-wrap: wrap; gap: 2px 20px; align-items: baseline; margin-bottom: 4px; font-size: 0.9375rem; }
figcaption .heading::first-letter { text-transform: uppercase; }
figcaption .heading { display: inline-block; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; list-style: none; margin: 0; padding: 0; color: var(--soft); font-size: 0.8rem; }
.legend li { display: flex; gap: 6px; align-items: center; }
.swatch { width: 28px; height: 10px; }
.chart { display: block; width: 100%; height: auto; font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
.chart.narrow { display: none; }
.chart text { fill: var(--soft); font-variant-numeric: tabular-nums; }
.chart path, .swatch path { fill: none; }
.band rect { fill: var(--baseline); }
.band.fault rect { fill: var(--fault); }
.band.soak rect { fill: var(--baseline); }
.band.recovery rect { fill: var(--recovery); }
.band .edge { stroke: var(--fault-edge); stroke-width: 1.5; }
.band.fault text { fill: var(--ink); font-weight: 650; }
.grid { stroke: var(--soft); stroke-opacity: 0.25; }
.base { stroke: var(--soft); }
.line { stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
.line.p50 { stroke: var(--p50); stroke-dasharray: 5 4; }
.line.p95 { stroke: var(--p95); stroke-width: 2.25; }
.line.p99 { stroke: var(--p99); stroke-dasharray: 1 4; stroke-width: 2.25; }
.line.errors { stroke: var(--errors); stroke-width: 2.25; }
.line.value { stroke: var(--value); stroke-width: 2.25; }
.chart .dense { stroke-width: 1; stroke-dasharray: none; }
.limit path { stroke: var(--limit); stroke-width: 1.75; stroke-dasharray: 9 4; }
.chart .limit text { fill: var(--limit); font-weight: 650; paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; }
.gap { fill: var(--ink); }
.halt path { stroke: var(--ink); stroke-width: 2; }
.chart .halt text { fill: var(--ink); font-weight: 650; paint-order: stroke; stroke: var(--paper); stroke-width: 3px; }
@media screen and (max-width: 640px) {
  .chart.wide { display: none; }
  .chart.narrow { display: block; }
}
`;
