import { banner } from '../banner.ts';
import { formatTime } from '../format.ts';
import { type Content, type Html, html } from '../html.ts';
import { renderPage } from '../page.ts';
import { badge } from '../state-badge.ts';
import { table } from '../table.ts';
import type { Change, ComparedFigure, ComparedSide, Comparison } from './comparison-schema.ts';
import {
  boundsText,
  changed,
  changes,
  figureName,
  howToRead,
  outcomes,
  seenText,
} from './comparison-words.ts';

/** What follows a table stands apart from it. */
const own = 'table + p { margin-top: 16px; }';

/** Two runs of an experiment side by side as one self-contained page. Everything out of the runs is escaped. */
export function renderComparison(comparison: Comparison): string {
  const { experiment, outcome, summary } = comparison;
  const { word, look } = outcomes[outcome];
  return renderPage({
    title: `${word}: ${experiment.title}`,
    own,
    body: html`${banner({
      look,
      where: 'Comparison of two runs',
      word,
      title: experiment.title,
      summary,
      meaning: html`The second run held against the first, of <code>${experiment.id}</code>.`,
    })}
${unlike(comparison)}
${runs(comparison)}
${whatChanged(comparison)}
${definition(comparison)}
${figures(comparison)}
${findings(comparison)}`,
  });
}

const changeBadge = (change: Change): Html => badge(changes[change].look, changes[change].word);

/** Stands above all figures: whoever reads these must have read that the runs are not alike. */
function unlike({ unlike: all }: Comparison): Html | false {
  return (
    all.length > 0 &&
    html`<section class="warning"><h2>Not like for like</h2>
<p>The two runs differ in more than what was measured. Each of these may be why figures differ:</p>
<ul>${all.map((one) => html`<li>${one}</li>`)}</ul></section>`
  );
}

function runs({ before, after, verdict, recovery }: Comparison): Html {
  const row = (name: string, of: (run: Comparison['before']) => Content) => ({
    first: true,
    cells: [name, of(before), of(after)],
  });
  return html`<section><h2>The two runs</h2>${table({
    caption: 'The two runs that are compared',
    columns: ['About', 'First', 'Second'],
    rows: [
      row('Verdict', (run) => html`<span class="badge ${run.verdict}">${run.verdict}</span> ${run.summary}`),
      row('Run', ({ runId }) => html`<code>${runId}</code>`),
      row('Where', ({ mode, environment }) =>
        mode === 'rehearsal' ? `rehearsed in ${environment}` : `in ${environment}`,
      ),
      row('Started', ({ start }) => html`<time datetime="${start}">${formatTime(start)}</time>`),
      row('Definition', ({ hash }) => html`<code class="hash">${hash.slice(0, 12)}</code>`),
    ],
  })}
<p>${changeBadge(verdict.change)} ${verdict.reason}</p>
<p>${changeBadge(recovery.change)} Recovery: ${recovery.reason}</p></section>`;
}

function whatChanged(comparison: Comparison): Html {
  const all = changed(comparison);
  return html`<section><h2>What changed</h2>${
    all.length === 0
      ? html`<p>No figure was shown to have changed.</p>`
      : html`<ul class="plain">${all.map(
          (one) =>
            html`<li class="finding"><p>${changeBadge(one.change)} <strong>${figureName(one)}</strong>, ${one.when}: ${seenText(one.before, one)}, then ${seenText(one.after, one)}.</p><p class="note">${one.reason}</p></li>`,
        )}</ul>`
  }<p class="note">${howToRead}</p></section>`;
}

function definition({ definition: { changes: all, more } }: Comparison): Html | false {
  const nothing = html`<span class="none">nothing</span>`;
  const value = (text: string | undefined) => (text === undefined ? nothing : html`<code>${text}</code>`);
  return (
    all.length > 0 &&
    html`<section><h2>What was changed in the definition</h2>${table({
      caption: 'Where the two definitions differ',
      columns: ['Where', 'First', 'Second'],
      rows: all.map(({ path, before, after }) => ({
        first: true,
        cells: [html`<code>${path}</code>`, value(before), value(after)],
      })),
    })}${more > 0 && html`<p class="note">And ${more} more.</p>`}</section>`
  );
}

function figures({ figures: all }: Comparison): Html {
  if (all.length === 0)
    return html`<section><h2>Every figure</h2><p>None was judged in either run.</p></section>`;
  return html`<section><h2>Every figure</h2>${table({
    caption: 'Each figure that was judged in either run, with the bounds between which it surely lies',
    columns: ['Figure', 'When', 'First', 'Second', 'Change', 'Why'],
    rows: all.map((one, index) => ({
      first: one.when !== all[index - 1]?.when,
      cells: [
        figureName(one),
        one.when,
        side(one.before, one),
        side(one.after, one),
        changeBadge(one.change),
        one.reason,
      ],
    })),
  })}</section>`;
}

function side(seen: ComparedSide | undefined, figure: ComparedFigure): Content {
  const bounds = boundsText(seen, figure);
  return html`${seenText(seen, figure)}${bounds !== undefined && html` <span class="note">(surely ${bounds})</span>`}`;
}

function findings({ findings: { gone, added } }: Comparison): Html | false {
  const list = (title: string, all: Comparison['findings']['gone']) =>
    all.length > 0 &&
    html`<h3>${title}</h3><ul class="plain">${all.map(
      ({ verdict, message, code }) =>
        html`<li class="finding ${verdict}"><p><span class="badge ${verdict}">${verdict}</span> <strong>${message}</strong></p><p class="note"><code>${code}</code></p></li>`,
    )}</ul>`;
  return (
    gone.length + added.length > 0 &&
    html`<section><h2>Findings</h2>${list('Of the second run alone', added)}${list('Of the first run alone', gone)}</section>`
  );
}
