import type { Journal, JournalStage } from '../run/journal.ts';
import type { ToleranceJudgement } from '../steady-state/judgement.ts';
import { observedText } from './figure.ts';
import { formatOffset, formatSeconds, measureName, plural } from './format.ts';
import { haltPart } from './halt-part.ts';
import { type Html, html } from './html.ts';
import { stageName } from './spans.ts';
import { badge, stateBadge } from './state-badge.ts';
import { surelyText, worthOf } from './surely.ts';
import { table } from './table.ts';

function fault(stage: JournalStage, given: JournalStage['faults'][number]): Html {
  const parameters = Object.entries(given.parameters);
  const targets = stage.targets.filter((target) => target.fault === given.name);
  const bites = stage.bite.filter((bite) => bite.fault === given.name);
  const bitten = (bit: boolean | undefined) =>
    bit === undefined
      ? badge('unknown', 'unknown')
      : bit
        ? badge('met', 'bit')
        : badge('missed', 'did not bite');
  return html`<dl class="facts fault"><div><dt>Fault</dt><dd><strong>${given.name}</strong>: <code>${given.action}</code></dd></div>
${parameters.length > 0 && html`<div><dt>Parameters</dt><dd>${parameters.map(([name, value]) => html`<code>${name}=${value}</code> `)}</dd></div>`}
${given.fidelity !== undefined && html`<div><dt>Stand-in</dt><dd>${given.fidelity}</dd></div>`}
<div><dt>Targets</dt><dd>${
    targets.length === 0
      ? 'none recorded'
      : html`${plural(targets.length, 'target')}<ul class="targets">${targets.map(
          (target) =>
            html`<li><code>${target.id}</code>${Object.entries(target.tags).map(([key, value]) => html` <span class="tag">${key}=${value}</span>`)}</li>`,
        )}</ul>`
  }</dd></div>
<div><dt>Bite</dt><dd>${bites.length === 0 ? html`${badge('unknown', 'unknown')} no evidence was recorded` : bites.map((bite) => html`<p>${bitten(bite.bit)} ${bite.evidence}</p>${bite.bit !== false && bite.likely !== undefined && html`<p>The likely reason: ${bite.likely}.</p>`}`)}</dd></div></dl>`;
}

/** Says at once that a fault did not do what it was to do: nothing else of the stage means much then. */
function unbitten(stage: JournalStage): Html | undefined {
  const without = stage.bite.filter(({ bit }) => bit === false);
  if (without.length === 0) return undefined;
  return html`<div class="callout">${without.map(
    ({ fault: name, evidence, likely }) =>
      html`<p><strong>The fault ${name} did not reach the system</strong>, so this stage shows nothing of it: ${evidence}.${
        likely !== undefined && html` The likely reason: <strong>${likely}</strong>.`
      }</p>`,
  )}</div>`;
}

function judgementCells(judgement: ToleranceJudgement, first: boolean) {
  const { probe, tolerance, state, samples } = judgement;
  const worth = worthOf(judgement);
  return {
    first,
    cells: [
      html`${probe} <span class="measure">${measureName(tolerance)}</span>`,
      judgement.limit,
      observedText(judgement),
      surelyText(judgement.interval, judgement.unit) ?? html`<span class="none">–</span>`,
      html`${samples.toLocaleString('en')}${worth !== undefined && html` <span class="note">worth ${worth.toLocaleString('en')}</span>`}`,
      // Of what was met, the reason says what stands in the columns.
      html`${stateBadge(state)}${state !== 'met' && html` <span class="note">${judgement.reason}</span>`}`,
    ],
  };
}

function duration(stage: JournalStage, start: string): string {
  if (stage.start === undefined) return 'The fault was not started.';
  const began = `The fault began at ${formatOffset(stage.start, start)}`;
  return stage.end === undefined
    ? `${began}; its end was not recorded.`
    : `${began} and lasted ${formatSeconds((Date.parse(stage.end) - Date.parse(stage.start)) / 1_000)}.`;
}

const judged = (tolerances: readonly ToleranceJudgement[], name: string): Html | false =>
  tolerances.length > 0 &&
  table({
    caption: `How each tolerance was judged in ${name}`,
    columns: ['Probe', 'Tolerance', 'Seen', 'Surely', 'Samples', 'Result'],
    numeric: [2, 4],
    rows: tolerances.map((judgement, row) =>
      judgementCells(judgement, judgement.probe !== tolerances[row - 1]?.probe),
    ),
  });

/** What was seen after the stage, while no fault was in place. */
function soakPart(soak: JournalStage['soak'], name: string, start: string): Html | false {
  if (soak === undefined) return false;
  const began = soak.start === undefined ? '' : ` It began at ${formatOffset(soak.start, start)}.`;
  return html`<p>Then came a soak: steady state had to hold without a fault before the next stage.${began}</p>
${soak.halt !== undefined && haltPart(soak.halt, start)}${judged(soak.tolerances, `the soak after ${name}`)}`;
}

function one(journal: Journal, stage: JournalStage, index: number): Html {
  const name = stageName(journal.stages, index);
  const fis = [stage.fisExperimentId, stage.fisStatus].filter((part) => part !== undefined);
  return html`<section class="stage"><h3>${name.charAt(0).toUpperCase()}${name.slice(1)}</h3>
<p>${duration(stage, journal.start)}${fis.length > 0 && html` ${journal.mode === 'aws' ? 'FIS experiment' : 'Stand-in for FIS'}: ${fis.join(', ')}.`}</p>
${unbitten(stage)}
${stage.halt !== undefined && haltPart(stage.halt, journal.start)}
${stage.faults.map((given) => fault(stage, given))}
${judged(stage.tolerances, name)}${soakPart(stage.soak, name, journal.start)}</section>`;
}

/** What was done to the system, stage by stage: faults, targets, bite, early ends, and how each tolerance was judged. */
export function stagesSection(journal: Journal): Html | undefined {
  if (journal.stages.length === 0) return undefined;
  return html`<section><h2>Stages: targets and bite</h2>${journal.stages.map((stage, index) => one(journal, stage, index))}</section>`;
}
