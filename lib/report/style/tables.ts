/** Tables; below 640 px each row becomes a card whose cells name their column. */
export const tables = `
table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; }
caption { text-align: left; color: var(--soft); font-size: 0.875rem; padding-bottom: 8px; }
th, td { text-align: left; vertical-align: baseline; padding: 6px 14px 6px 0; }
th:last-child, td:last-child { padding-right: 0; }
th { overflow-wrap: break-word; }
thead th { white-space: nowrap; color: var(--soft); font-weight: 600; font-size: 0.8rem; border-bottom: 1px solid var(--rule); }
tbody th { font-weight: 600; }
tbody tr.first > * { border-top: 1px solid var(--rule); }
tbody tr:first-child > * { border-top: 0; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.number + .text { padding-left: 14px; }
.measure { font-weight: 400; color: var(--soft); }
.state { font-size: 0.8rem; font-weight: 650; }
.state.missed { color: var(--missed); }
.state.unknown { color: var(--unknown); }
@media screen and (max-width: 640px) {
  table, caption, tbody, tbody tr, tbody th, tbody td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { border-top: 1px solid var(--rule); padding: 8px 0; }
  tbody tr.first > * { border-top: 0; }
  tbody th, tbody td { padding: 1px 0; }
  tbody td { display: grid; grid-template-columns: 84px 1fr; gap: 10px; align-items: baseline; text-align: left; }
  tbody td.number, tbody td.text { text-align: left; white-space: normal; }
  tbody td.number + td.text { padding-left: 0; }
  tbody td:has(.none:only-child) { display: none; }
  tbody td::before { content: attr(data-label); color: var(--soft); font-size: 0.8rem; }
}
`;
