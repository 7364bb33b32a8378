import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clip, pad, plainText, widthOf, wrap } from '../../../lib/cli/view/text-width.ts';

test('text is clipped to columns, not to letters, and says that it was', () => {
  expect(clip('a slow database', 8)).toBe('a slow …');
  expect(clip('データベース', 7)).toBe('データ…');
  expect(clip('fits', 4)).toBe('fits');
});

test('no text becomes wider than its columns, and padded text is exactly as wide', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }).map(plainText),
      fc.integer({ min: 1, max: 80 }),
      (text, columns) => {
        expect(widthOf(clip(text, columns))).toBeLessThanOrEqual(columns);
        expect(widthOf(pad(text, columns))).toBe(columns);
        expect(widthOf(pad(text, columns, 'left'))).toBe(columns);
      },
    ),
  );
});

test('plain text moves no cursor and sets no colour', () => {
  expect(plainText('red \u001b[31malert\u001b[0m\r\nnext\u0007')).toBe('red alert next ');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(plainText(text)).not.toMatch(/\p{Cc}/u);
    }),
  );
});

test('wrapped text keeps its words and its width, but for a word that is wider by itself', () => {
  expect(wrap('a slow database', 6)).toEqual(['a slow', 'database']);
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1, maxLength: 9 }).map((word) => plainText(word).replaceAll(' ', '_'))),
      fc.integer({ min: 9, max: 40 }),
      (words, columns) => {
        const lines = wrap(words.join(' '), columns);
        expect(lines.join(' ')).toBe(words.join(' '));
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
      },
    ),
  );
});
