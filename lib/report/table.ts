import { type Content, type Html, html } from './html.ts';

interface Table {
  /** Says what the table holds, for those who cannot see it. */
  readonly caption: string;
  readonly columns: readonly string[];
  /** Columns of numbers, from 0. */
  readonly numeric?: readonly number[];
  /** The first cell names its row. `first` begins a group of rows. */
  readonly rows: readonly { readonly cells: readonly Content[]; readonly first?: boolean }[];
}

/**
 * A table that becomes a list of cards on a phone. The roles are written out, because what is no longer laid out as a table is no
 * longer told as one by browsers.
 */
export function table({ caption, columns, numeric = [], rows }: Table): Html {
  const look = (index: number) => (numeric.includes(index) ? 'number' : 'text');
  return html`<table role="table"><caption>${caption}</caption><thead role="rowgroup"><tr role="row">${columns.map(
    (column, index) => html`<th role="columnheader" scope="col" class="${look(index)}">${column}</th>`,
  )}</tr></thead><tbody role="rowgroup">${rows.map(
    ({ cells, first }) =>
      html`<tr role="row" class="${first === true ? 'first' : 'next'}">${cells.map((cell, index) =>
        index === 0
          ? html`<th role="rowheader" scope="row">${cell}</th>`
          : html`<td role="cell" class="${look(index)}" data-label="${columns[index] ?? ''}"><div>${cell}</div></td>`,
      )}</tr>`,
  )}</tbody></table>`;
}
