import { type Content, type Markdown, render } from './markdown.ts';

interface Table {
  readonly columns: readonly string[];
  /** Columns of numbers, from 0. */
  readonly numeric?: readonly number[];
  readonly rows: readonly (readonly Content[])[];
}

/** A cell never breaks its row. What is empty shows that it was not forgotten. */
const cell = (content: Content): string =>
  render(content)
    .replace(/[\r\n]+/g, ' ')
    .trim() || '–';

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A table as GitHub, GitLab and others show it. */
export const table = ({ columns, numeric = [], rows }: Table): Markdown => ({
  markdown: [
    line(columns.map((name) => render(name) || ' ')),
    line(columns.map((_, index) => (numeric.includes(index) ? '---:' : '---'))),
    ...rows.map((cells) => line(columns.map((_, index) => cell(cells[index])))),
  ].join('\n'),
});
