import { banner } from '../banner.ts';
import { formatSeconds, formatTime, plural } from '../format.ts';
import { type Html, html } from '../html.ts';
import { unreadableSection } from '../over-time/unreadable-section.ts';
import { renderPage } from '../page.ts';
import { badge } from '../state-badge.ts';
import { table } from '../table.ts';
import { periodStyles, periodsFigure } from './periods-chart.ts';
import type { ServiceReport } from './service-schema.ts';
import { ageWords, heldOf, nameOf, placeOf, standing, trendWords } from './service-words.ts';

/** So many runs stand in sight; older ones are opened by their month. */
const inSight = 40;

/** What is out of sight is laid out when it comes in sight. */
const own = `${periodStyles}
main > section { content-visibility: auto; contain-intrinsic-size: auto 600px; }
@media print { main > section { content-visibility: visible; } }
`;

/** How a service has fared as one self-contained page. Everything out of the runs is escaped. */
export function renderService(report: ServiceReport): string {
  const { service, summary, notes, periods, counts } = report;
  const { word, look } = standing(report);
  return renderPage({
    title: `${service}: ${word}`,
    own,
    body: html`${banner({
      look,
      where: 'A service over time',
      word,
      title: service,
      summary,
      meaning: html`The word is the worst of the last verdicts of its experiments; ${placeOf(report)}.`,
    })}
${unreadableSection(report.unreadable)}
${notes.length > 0 && html`<section class="warning"><h2>Not like for like</h2><ul>${notes.map((one) => html`<li>${one}</li>`)}</ul></section>`}
${overTime(report)}
${counts.runs > 0 && html`<section><h2>How often</h2>${periodsFigure(periods)}</section>`}
${experiments(report)}
${untested(report)}
${runs(report)}`,
  });
}

const looks = { better: 'met', worse: 'missed', unknown: 'unknown' } as const;
const words = { better: 'better', worse: 'worse', unknown: 'cannot tell' } as const;

function overTime({ held, recovery }: ServiceReport): Html {
  return html`<section><h2>Better or worse?</h2>
<p>${badge(looks[held.change], words[held.change])} <strong>Whether it holds.</strong> ${held.reason}</p>
<p>${badge(looks[recovery.change], words[recovery.change])} <strong>How soon it is back.</strong> ${recovery.reason}</p>
<p class="note">Surely means: wrong less than once in a hundred times, if each run counts by itself. Which experiments ran, and how often, may differ between the two halves.</p></section>`;
}

function experiments({ experiments: all }: ServiceReport): Html {
  if (all.length === 0) return html`<section><h2>Experiments</h2><p>No experiment touches it.</p></section>`;
  return html`<section><h2>Experiments</h2>${table({
    caption: 'The experiments on this service and what their runs have shown',
    columns: ['Experiment', 'Last', 'Trend', 'Held', 'Why'],
    rows: all.map((one) => ({
      first: true,
      cells: [
        html`${nameOf(one)} <span class="measure"><code>${one.id}</code></span>`,
        one.last === undefined
          ? html`<span class="none">${ageWords(one)}</span>`
          : html`<span class="badge ${one.last.verdict}">${one.last.verdict}</span> <span class="note">${ageWords(one)}</span>`,
        trendWords[one.trend],
        heldOf(one) ?? html`<span class="none">–</span>`,
        one.last?.summary ?? html`<span class="none">–</span>`,
      ],
    })),
  })}</section>`;
}

function untested({ untested: all, service }: ServiceReport): Html {
  const content =
    all === undefined
      ? html`<p>Not known: this project does not describe ${service}.</p>`
      : all.length === 0
        ? html`<p>Nothing that is known to break is left untested.</p>`
        : html`<ul>${all.map((one) => html`<li>${one}</li>`)}</ul><p class="note"><code>npx steadfast new --list --for ${service}</code> proposes experiments.</p>`;
  return html`<section><h2>What nothing tests</h2>${content}</section>`;
}

type Run = ServiceReport['runs'][number];

const runsTable = (caption: string, all: readonly Run[]): Html =>
  table({
    caption,
    columns: ['Started', 'Verdict', 'Experiment', 'Back after', 'Why'],
    numeric: [3],
    rows: all.map(({ start, verdict, experiment, runId, recoverySeconds, summary }) => ({
      first: true,
      cells: [
        html`<time datetime="${start}">${formatTime(start)}</time>`,
        html`<span class="badge ${verdict}">${verdict}</span>`,
        html`${experiment} <span class="note"><code>${runId}</code></span>`,
        recoverySeconds === undefined ? html`<span class="none">–</span>` : formatSeconds(recoverySeconds),
        summary,
      ],
    })),
  });

/** The newest in sight, the others by the month of their start: what is closed costs a browser next to nothing. */
function runs({ runs: all }: ServiceReport): Html | false {
  if (all.length === 0) return false;
  const older = Map.groupBy(all.slice(inSight), ({ start }) => start.slice(0, 7));
  return html`<section><h2>Every run</h2>${runsTable(older.size === 0 ? 'All runs, the newest first' : `The newest ${inSight} runs`, all.slice(0, inSight))}${[
    ...older,
  ].map(
    ([month, some]) =>
      html`<details><summary>${month}: ${plural(some.length, 'older run')}</summary>${runsTable(`Older runs of ${month}`, some)}</details>`,
  )}</section>`;
}
