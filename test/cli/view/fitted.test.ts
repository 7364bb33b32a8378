import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { createColors } from 'picocolors';
import { describe, expect, it } from 'vitest';
import { fitted } from '../../../lib/cli/view/fitted.ts';
import { widthOf } from '../../../lib/cli/view/text-width.ts';

const { bold, dim } = createColors(true);

describe('a line in a terminal', () => {
  it('is left alone where it fits', () => {
    expect(fitted('  a    b', 8)).toEqual(['  a    b']);
    expect(fitted('', 1)).toEqual(['']);
  });

  it.each([
    ['prose under itself', '  the quick brown fox', 12, ['  the quick', '  brown fox']],
    ['columns below each other', '  id    a title  more', 14, ['  id  a title', '    more']],
    [
      'columns that are too wide themselves',
      'id  the quick brown fox',
      12,
      ['id', '  the quick', '  brown fox'],
    ],
    ['a path whole', '  see experiments/slow-database.ts', 12, ['  see', '  experiments/slow-database.ts']],
    ['a command whole', '  npx steadfast show run-1', 12, ['  npx steadfast show run-1']],
    [
      'a command behind a word',
      'Next:   npx steadfast show run-1',
      20,
      ['Next:', '  npx steadfast show run-1'],
    ],
    [
      'a command in a sentence',
      'never run: npx steadfast run x',
      20,
      ['never run:', '  npx steadfast run x'],
    ],
    [
      'a sentence that begins like a command',
      'steadfast runs lists all of those',
      20,
      ['steadfast runs lists', 'all of those'],
    ],
    ['so does this', 'steadfast runs lists; else --env', 20, ['steadfast runs', 'lists; else --env']],
    [
      'another command whole',
      'steadfast halt --all --env staging now',
      20,
      ['steadfast halt --all --env staging now'],
    ],
    ['a usage as prose', 'Usage: steadfast run [options] <x>', 20, ['Usage: steadfast run', '[options] <x>']],
    ['wide characters by their columns', 'データ ベース 🦀🦀', 9, ['データ', 'ベース', '🦀🦀']],
    ['without an indent that leaves no room', `${' '.repeat(10)}a few words`, 12, ['a few words']],
  ])('is broken: %s', (_, line, columns, lines) => {
    expect(fitted(line, columns)).toEqual(lines);
  });

  it('keeps its colours, which cost no columns', () => {
    const line = `  ${bold('id'.padEnd(6))}  a long title  ${dim('more')}`;
    expect(fitted(line, 40)).toEqual([line]);
    const narrow = fitted(line, 16);
    expect(narrow.map(stripVTControlCharacters)).toEqual(['  id', '    a long title', '    more']);
    expect(narrow.join('').replaceAll(' ', '')).toBe(line.replaceAll(' ', ''));
    expect(fitted(dim('  npx steadfast show run-1 again'), 20).map(stripVTControlCharacters)).toEqual([
      '  npx steadfast show run-1 again',
    ]);
  });

  it('loses no word, and is no wider than it must be', () => {
    const word = fc.stringMatching(/^[a-z]{1,9}$/);
    const line = fc.tuple(
      fc.integer({ min: 0, max: 6 }),
      fc.array(word, { minLength: 1 }),
      fc.constantFrom(' ', '  '),
    );
    fc.assert(
      fc.property(line, fc.integer({ min: 24, max: 90 }), ([indent, words, gap], columns) => {
        const lines = fitted(' '.repeat(indent) + words.join(gap), columns);
        expect(lines.flatMap((one) => one.trim().split(/ +/))).toEqual(words);
        for (const one of lines) expect(widthOf(one)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});
