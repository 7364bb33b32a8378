import type { Journal } from '../run/journal.ts';
import type { Figure } from './figure.ts';
import { type FigureRow, figuresOf } from './figures.ts';
import { measureName } from './format.ts';
import { type Content, type Html, html } from './html.ts';
import { stageName } from './spans.ts';
import { stateBadge } from './state-badge.ts';
import { table } from './table.ts';

/** A figure; where it stands ill to its tolerance, the word beside it says so. */
function figureCell(figure: Figure | undefined): Content {
  if (figure === undefined) return html`<span class="none">–</span>`;
  const mark =
    figure.state === undefined || figure.state === 'met'
      ? false
      : html` <span class="state ${figure.state}">${figure.state}</span>`;
  return html`${figure.typical === true && '≈ '}${figure.text}${mark}`;
}

function result(journal: Journal, row: FigureRow): Content {
  if (row.limit === undefined) return html`<span class="none">no tolerance</span>`;
  if (row.state === undefined) return html`<span class="none">not judged</span>`;
  const where =
    row.state !== 'met' &&
    row.stage !== undefined &&
    journal.stages.length > 1 &&
    html` <span class="note">in ${stageName(journal.stages, row.stage)}</span>`;
  return html`${stateBadge(row.state)}${where}`;
}

/** Before, during and after the fault, each figure against its tolerance. */
export function figuresSection(journal: Journal): Html | undefined {
  const rows = figuresOf(journal);
  if (rows.length === 0) return undefined;
  const typical = rows.some((row) => [row.before, row.during, row.after].some((figure) => figure?.typical));
  const notes = [
    journal.stages.length > 1 ? 'Of several stages, the worst is shown.' : '',
    typical ? "≈ marks the middle window's figure, where none was judged for the whole stretch." : '',
  ].filter(Boolean);
  return html`<section><h2>Figures</h2>${table({
    caption: 'What each probe saw before, during and after the fault',
    columns: ['Probe', 'Tolerance', 'Before', 'During', 'After', 'Result'],
    numeric: [2, 3, 4],
    rows: rows.map((row, index) => ({
      first: row.probe !== rows[index - 1]?.probe,
      cells: [
        html`${row.probe} <span class="measure">${measureName(row.measure)}</span>`,
        row.limit ?? html`<span class="none">–</span>`,
        figureCell(row.before),
        figureCell(row.during && { text: row.during.text, typical: row.during.typical ?? false }),
        figureCell(row.after),
        result(journal, row),
      ],
    })),
  })}${notes.length > 0 && html`<p class="note">${notes.join(' ')}</p>`}</section>`;
}
