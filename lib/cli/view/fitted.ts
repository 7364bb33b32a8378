import { stripVTControlCharacters } from 'node:util';
import { widthOf, wrap } from './text-width.ts';

/**
 * What people copy stays whole: the terminal breaks it where it must, and copies it as one line. A sentence may begin with a command's name:
 * it has more words than a command without options, or marks that no command has.
 */
function isCommand(text: string): boolean {
  if (/^(npx |aws |curl |cd |[A-Z_]+=\S+ steadfast )/.test(text)) return true;
  return /^steadfast [^,;]+$/.test(text) && (text.includes(' --') || text.split(' ').length <= 5);
}

/** How much further what follows stands. */
const further = 2;

/** Narrower than this no column is worth having. */
const leastRoom = 8;

/**
 * A line for a terminal of so many columns: broken between words, where it does not fit. What stands in columns, two or more spaces apart,
 * goes below each other then, each whole where it can be. Colours cost no columns. Words that are longer than a line, such as paths, and
 * commands are not broken.
 */
export function fitted(line: string, columns: number): readonly string[] {
  if (widthOf(line) <= columns) return [line];
  const plain = stripVTControlCharacters(line);
  const indent = plain.length - plain.trimStart().length;
  const [first = '', ...rest] = cellsOf(line);
  const lines = broken(first, indent, columns);
  for (const cell of rest) {
    const last = lines.at(-1) ?? '';
    if (widthOf(last) + further + widthOf(cell) <= columns) lines[lines.length - 1] = `${last}  ${cell}`;
    else lines.push(...broken(cell, indent + further, columns));
  }
  return lines;
}

/** The cells of a line; what only colours stays with the cell before it. */
function cellsOf(line: string): string[] {
  const cells: string[] = [];
  for (const part of line.trim().split(/ {2,}|(?<=(?<!Usage):) (?=npx |steadfast )/)) {
    const last = cells.at(-1);
    if (last === undefined) cells.push(part.trimStart());
    else if (stripVTControlCharacters(part) === '') cells[cells.length - 1] = last + part;
    // Spaces behind a colour's beginning were the indent.
    else if (stripVTControlCharacters(last) === '') cells[cells.length - 1] = last + part;
    else cells.push(part);
  }
  return cells;
}

function broken(cell: string, indent: number, columns: number): string[] {
  const start = ' '.repeat(columns - indent < leastRoom ? 0 : indent);
  if (isCommand(stripVTControlCharacters(cell))) return [`${start}${cell}`];
  return wrap(cell, columns - start.length).map((line) => `${start}${line}`);
}
