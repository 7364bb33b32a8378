import { plainText, widthOf } from './text-width.ts';

/** A cell of a table: its text, and how it is painted. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/**
 * Rows whose cells stand under each other, two spaces in and two apart; in a terminal that is too narrow for one of them each cell has a line
 * of its own, so that all rows look alike.
 *
 * @param columns of the terminal; undefined where there is none, and a row is a line
 * @returns the lines of each row
 */
export function tableLines(rows: readonly (readonly Cell[])[], columns: number | undefined): string[][] {
  const plain = rows.map((row) =>
    row.map(({ text, paint = (same: string) => same }) => ({ text: plainText(text), paint })),
  );
  const widths = [0, 1, 2, 3].map((at) => Math.max(0, ...plain.map((row) => widthOf(row[at]?.text ?? ''))));
  const whole = plain.map((row) => {
    const filled = row.slice(0, row.findLastIndex(({ text }) => text !== '') + 1);
    const last = filled.length - 1;
    return `  ${filled
      .map(
        ({ text, paint }, at) =>
          `${paint(text)}${at === last ? '' : ' '.repeat((widths[at] ?? 0) - widthOf(text))}`,
      )
      .join('  ')}`;
  });
  if (columns === undefined || whole.every((line) => widthOf(line) <= columns))
    return whole.map((line) => [line]);
  return plain.map((row) =>
    row
      .filter(({ text }) => text !== '')
      .map(({ text, paint }, at) => `${' '.repeat(at === 0 ? 2 : 4)}${paint(text.trimEnd())}`),
  );
}
