import { charts } from './charts.ts';
import { tables } from './tables.ts';

const verdictGrounds = ['held', 'deviated', 'inconclusive', 'halted', 'rejected', 'unrecovered', 'errored']
  .map(
    (verdict) =>
      `.banner.${verdict}, .badge.${verdict} { background: var(--${verdict}); }\n.finding.${verdict} { border-left-color: var(--${verdict}); }`,
  )
  .join('\n');

const page = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1040px; margin: 0 auto; padding: 24px 20px 48px; overflow-wrap: anywhere; }
main > section, footer { background: var(--paper); border: 1px solid var(--rule); border-radius: 10px; padding: 20px 24px; margin-top: 16px; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 12px; }
h3 { font-size: 1.05rem; line-height: 1.3; margin: 20px 0 8px; }
h2 + h3, h2 + section > h3 { margin-top: 0; }
p { margin: 0 0 8px; }
code, pre { font: 0.875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code { background: var(--code); border-radius: 4px; padding: 1px 5px; }
pre { background: var(--code); border-radius: 6px; padding: 12px; overflow: auto; max-height: 480px; }
.hash { font-size: 0.75em; }
.note, .none { color: var(--soft); font-size: 0.875rem; }
.plain { list-style: none; margin: 0; padding: 0; }
.banner { display: flex; gap: 20px; align-items: flex-start; color: var(--on-verdict); border-radius: 12px; padding: 28px; }
.banner .sign { flex: none; width: 64px; height: 64px; margin-top: 6px; fill: none; stroke: currentColor; stroke-width: 2.5; stroke-linecap: round; stroke-linejoin: round;
  border: 3px solid currentColor; border-radius: 50%; padding: 6px; }
.banner p { margin: 0; }
.banner .where { font-size: 0.9rem; }
.banner h1 { margin: 0 0 10px; line-height: 1.15; font-size: 1.3rem; font-weight: 600; }
.banner .word { display: block; font-size: clamp(2.5rem, 9vw, 4rem); line-height: 1.1; font-weight: 750; letter-spacing: -0.02em; }
.banner .word::first-letter { text-transform: uppercase; }
.banner .title { display: block; margin-top: 6px; }
.banner .summary { font-size: 1.1rem; }
.banner .meaning { margin-top: 10px; font-size: 0.9rem; }
.banner code { background: rgb(0 0 0 / 0.25); font-weight: 700; }
.hypothesis { font-size: 1.1rem; border-left: 4px solid var(--rule); padding-left: 14px; margin-bottom: 14px; }
.description { max-width: 75ch; margin-bottom: 14px; }
.pace { background: var(--unknown-ground); border-left: 4px solid var(--unknown); padding: 8px 14px; border-radius: 4px; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 240px), 1fr)); gap: 10px 24px; margin: 12px 0; }
.facts.fault { grid-template-columns: 1fr; gap: 6px; border-left: 3px solid var(--fault-edge); padding-left: 14px; }
.facts.fault > div { display: grid; grid-template-columns: 92px 1fr; gap: 0 12px; align-items: baseline; }
.facts .whole { grid-column: 1 / -1; }
.facts dt { color: var(--soft); font-size: 0.8rem; }
.facts dd { margin: 0; }
.facts dd p { margin: 0; }
.targets { margin: 4px 0 0; padding-left: 20px; }
.tag { color: var(--soft); font-size: 0.8rem; border: 1px solid var(--rule); border-radius: 4px; padding: 0 5px; margin-left: 2px; }
details { margin-top: 12px; }
summary { cursor: pointer; color: var(--soft); }
.badge { display: inline-block; border-radius: 5px; padding: 1px 8px; font-size: 0.8rem; font-weight: 650; white-space: nowrap; color: var(--on-verdict); }
.badge.met { color: var(--met); background: var(--met-ground); }
.badge.missed { color: var(--missed); background: var(--missed-ground); }
.badge.unknown { color: var(--unknown); background: var(--unknown-ground); }
.badge.met::before { content: "\\2713\\00a0"; } .badge.missed::before { content: "\\2717\\00a0"; } .badge.unknown::before { content: "?\\00a0"; }
.finding { border-left: 4px solid var(--rule); padding: 2px 0 2px 14px; margin-bottom: 16px; }
.finding:last-child { margin-bottom: 0; }
.finding p { margin-bottom: 4px; }
.hint .label { font-weight: 650; }
.callout { background: var(--missed-ground); border-left: 4px solid var(--missed); border-radius: 4px; padding: 8px 14px; }
.callout > :last-child { margin-bottom: 0; }
.callout ul, .warning ul { margin: 0 0 8px; padding-left: 20px; }
.callout.doubt { background: var(--unknown-ground); border-left-color: var(--unknown); }
main > section.warning { border: 2px solid var(--missed); }
.warning h2 { color: var(--missed); }
.warning ul { margin-bottom: 0; }
.callout + table, table + .note, ul + .note, .callout + p { margin-top: 12px; }
.stage + .stage { border-top: 1px solid var(--rule); margin-top: 20px; padding-top: 4px; }
.timeline { list-style: none; margin: 0; padding: 0; }
.timeline li { display: grid; grid-template-columns: 92px 76px 1fr; gap: 0 12px; padding: 5px 0; border-bottom: 1px solid var(--rule); }
.timeline li:last-child { border-bottom: 0; }
.timeline time { font-variant-numeric: tabular-nums; text-align: right; }
.timeline .kind { color: var(--soft); font-size: 0.875rem; }
.timeline .fault .kind, .timeline .verdict .kind { color: var(--ink); font-weight: 650; }
@media (max-width: 640px) {
  main { padding: 12px 10px 32px; }
  main > section, footer { padding: 16px 14px; }
  .banner { padding: 20px 16px; gap: 14px; }
  .banner .sign { width: 44px; height: 44px; padding: 4px; }
  .facts.fault > div { grid-template-columns: 1fr; }
  .timeline li { grid-template-columns: auto 1fr; }
  .timeline time { text-align: left; }
  .timeline li > span:last-child { grid-column: 1 / -1; }
}
@media print {
  @page { margin: 14mm; }
  body { font-size: 10pt; }
  table { font-size: 9.5pt; }
  main { max-width: none; padding: 0; }
  main > section, main > section.warning, footer { border: 0; border-top: 1px solid var(--rule); border-radius: 0; padding: 12px 0; margin-top: 12px; }
  .banner, .badge, .chart { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  details { display: none; }
  figure, .finding, tr, .timeline li, .callout, .facts > div { break-inside: avoid; }
  h2, h3, figcaption { break-after: avoid; }
}
`;

/** How the page is laid out, on a desk, on a phone and on paper. */
export const layout = `${page}${verdictGrounds}${tables}${charts}`;
