import { createColors } from 'picocolors';
import { expect, it } from 'vitest';
import { tableLines } from '../../../lib/cli/view/table-lines.ts';

const { bold } = createColors(true);
const rows = [
  [{ text: 'short', paint: bold }, { text: '🦀 crab' }, { text: 'x' }],
  [{ text: 'データベース' }, { text: '' }, { text: 'more\u001b[2J' }],
  [{ text: 'last' }, { text: 'no more' }, { text: '' }],
];

const aligned = [
  [`  ${bold('short')}         🦀 crab  x`],
  ['  データベース           more'],
  ['  last          no more'],
];

it('stands rows under each other by their columns, however wide their characters', () => {
  expect(tableLines(rows, undefined)).toEqual(aligned);
  expect(tableLines(rows, 29)).toEqual(aligned);
  expect(tableLines([], 40)).toEqual([]);
});

it('gives each cell a line where one row does not fit', () => {
  expect(tableLines(rows, 25)).toEqual([
    [`  ${bold('short')}`, '    🦀 crab', '    x'],
    ['  データベース', '    more'],
    ['  last', '    no more'],
  ]);
});
