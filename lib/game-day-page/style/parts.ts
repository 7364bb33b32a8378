/** The parts of the page. What colour says, a word, a sign or a dash says too. */
export const parts = `
.head { display: grid; gap: 12px; margin-bottom: 16px; }
.where { display: flex; flex-wrap: wrap; gap: 2px 16px; align-items: center; color: var(--soft); font-size: 0.875rem; margin: 0 0 4px; }
.hypothesis { color: var(--soft); margin: 4px 0 0; max-width: 80ch; }
.phases { display: flex; flex-wrap: wrap; gap: 4px; }
.phases li { flex: 1 1 auto; text-align: center; padding: 4px 10px; border-bottom: 4px solid var(--rule); color: var(--soft); }
.phases li.past { border-bottom-color: var(--soft); }
.phases li.past::before { content: "\\2713\\00a0"; }
.phases li[aria-current] { color: var(--ink); font-weight: 700; border-bottom-color: var(--p95); }
.now { display: flex; flex-wrap: wrap; gap: 12px 24px; align-items: center; justify-content: space-between; background: var(--paper);
  border: 1px solid var(--rule); border-left: 8px solid var(--p95); border-radius: 10px; padding: 14px 20px; }
.now.halted { border-color: var(--missed); background: var(--missed-ground); }
.now .said { flex: 1 1 18em; }
.now p { margin: 0; }
.now .sentence { font-size: 1.3rem; line-height: 1.3; font-weight: 650; }
.now .halt { color: var(--missed); font-weight: 600; }
.now .paused { color: var(--unknown); }
.left { font-variant-numeric: tabular-nums; color: var(--soft); }
.left b { color: var(--ink); }
button, input, select { font: inherit; border-radius: 8px; padding: 8px 14px; min-height: 44px; max-width: 100%; }
button { cursor: pointer; border: 2px solid transparent; font-weight: 650; color: var(--on-verdict); }
button.good { background: var(--held); }
button.danger { background: var(--deviated); }
button.plain { background: var(--paper); color: var(--ink); border-color: var(--soft); }
button:hover:not(:disabled) { filter: brightness(1.12); }
button:disabled { cursor: not-allowed; background: var(--code); color: var(--soft); border-color: var(--rule); }
button[aria-disabled] { cursor: progress; }
input, select { border: 1px solid var(--soft); background: var(--paper); color: var(--ink); }
.offer { display: flex; flex-wrap: wrap; gap: 6px 10px; align-items: center; }
.offer label { flex: 1 0 100%; font-size: 0.875rem; color: var(--soft); }
.offer input { flex: 1 1 12em; min-width: 0; }
.buttons { display: flex; flex-wrap: wrap; gap: 10px; align-items: flex-start; }
.buttons.small button { min-height: 36px; padding: 4px 10px; font-size: 0.875rem; }
.head .danger { font-size: 1.05rem; padding: 12px 22px; }
.told { flex: 1 0 100%; background: var(--missed-ground); color: var(--ink); border-left: 4px solid var(--missed); border-radius: 4px; padding: 8px 12px; margin: 6px 0 0; }
.pending { border: 2px solid var(--unknown); border-left-width: 8px; }
.lines { background: var(--code); border-radius: 6px; padding: 10px 14px; margin: 0 0 10px; }
.lines li { padding: 2px 0; }
.checklist li { display: grid; grid-template-columns: 1.6em minmax(0, 1fr) auto; gap: 4px 10px; align-items: center; padding: 8px 0; border-top: 1px solid var(--rule); }
.checklist li:first-child { border-top: 0; }
.checklist .sign { font-size: 1.3em; }
.checklist .done .sign { color: var(--met); }
.checklist .by { display: block; }
details .checklist { margin-top: 8px; }
.figures { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); }
figure { padding: 0; border: 0; display: flex; flex-direction: column; }
figcaption { display: flex; flex-wrap: wrap; gap: 2px 20px; align-items: baseline; justify-content: space-between; }
dl { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 0; font-variant-numeric: tabular-nums; }
dl div { display: flex; gap: 6px; align-items: baseline; }
dt { color: var(--soft); font-size: 0.875em; white-space: nowrap; }
dd { margin: 0; }
.current dd { font-weight: 700; }
.beyond .current dd { color: var(--missed); }
.plot { height: 200px; font-size: 12px; margin-top: auto; overflow: hidden; }
.values { font-size: 0.875rem; color: var(--soft); }
.values table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin-top: 4px; color: var(--ink); }
.values th, .values td { text-align: left; font-weight: 400; padding: 2px 24px 2px 0; border-top: 1px solid var(--rule); }
.values thead th { border-top: 0; color: var(--soft); }
.uplot, .uplot * { box-sizing: border-box; }
.uplot { width: min-content; }
.u-wrap { position: relative; user-select: none; }
.u-over, .u-under { position: absolute; }
.u-under { overflow: hidden; }
.uplot canvas { display: block; position: relative; width: 100%; height: 100%; }
.u-axis { position: absolute; }
.u-select, .u-off { display: none; }
.stage { display: grid; grid-template-columns: 2em minmax(0, 1fr); gap: 10px; padding: 10px 0; border-top: 1px solid var(--rule); }
.stage:first-child { border-top: 0; }
.stage > .sign { display: grid; place-items: center; width: 2em; height: 2em; border: 2px solid var(--soft); border-radius: 50%; font-weight: 700; color: var(--soft); }
.stage.held > .sign { background: var(--held); border-color: var(--held); color: var(--on-verdict); }
.stage.failed > .sign { background: var(--deviated); border-color: var(--deviated); color: var(--on-verdict); }
.stage.running > .sign, .stage.asking > .sign { background: var(--halted); border-color: var(--halted); color: var(--on-verdict); }
.stage.later { color: var(--soft); }
.stage .status { margin: 0 0 4px; }
.stage .label { color: var(--soft); font-size: 0.8rem; margin: 8px 0 2px; }
.facts li { padding: 3px 0; }
.facts .buttons { margin-top: 4px; }
.chip { display: inline-block; font-size: 0.8rem; font-weight: 650; border-radius: 5px; padding: 0 8px; background: var(--code); color: var(--soft); white-space: nowrap; }
.chip.good { background: var(--met-ground); color: var(--met); }
.chip.good::before { content: "\\2713\\00a0"; }
.chip.bad { background: var(--missed-ground); color: var(--missed); }
.chip.bad::before { content: "\\2717\\00a0"; }
.timeline { margin-top: 12px; }
.record .gap { margin: 8px 0 0; }
.timeline li { display: grid; grid-template-columns: 5em minmax(0, 1fr); gap: 0 10px; padding: 6px 0 6px 8px; border-top: 1px solid var(--rule); border-left: 4px solid transparent; }
.timeline li.good { border-left-color: var(--met); }
.timeline li.bad { border-left-color: var(--missed); }
.timeline .chip { margin-left: 6px; }
.timeline time { font-variant-numeric: tabular-nums; color: var(--soft); }
.timeline .bad .sign { color: var(--missed); font-weight: 800; }
.link { margin: 10px 0 0; }
dialog { max-width: min(640px, calc(100vw - 24px)); border: 1px solid var(--soft); border-radius: 12px; padding: 20px 24px; background: var(--paper); color: var(--ink); }
dialog::backdrop { background: rgb(0 0 0 / 0.5); }
.asked label { display: block; font-size: 0.875rem; color: var(--soft); }
.asked input { width: 100%; margin-bottom: 14px; }
@media (max-width: 640px) {
  .phases { flex-wrap: nowrap; gap: 2px; }
  .phases li { padding: 4px 2px; font-size: 0.78rem; overflow-wrap: normal; }
  .now { padding: 12px 14px; }
  .head .offer, .head .danger { width: 100%; }
  .checklist li { grid-template-columns: 1.6em minmax(0, 1fr); }
  .checklist .offer { grid-column: 2; }
  .timeline li { grid-template-columns: minmax(0, 1fr); }
}
`;
