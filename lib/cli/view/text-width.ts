import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Text without anything that would move the cursor or colour the terminal: what came from outside must not. */
export const plainText = (text: string): string =>
  text.replace(/\p{Cc}\[[0-9;?]*[A-Za-z]/gu, '').replace(/\p{Cc}+/gu, ' ');

/** The columns that a terminal needs for plain text. */
export const widthOf = (text: string): number => stringWidth(text);

/** Plain text in at most `columns`; what does not fit ends in an ellipsis. */
export function clip(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  if (columns <= 0) return '';
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (widthOf(kept + segment) > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Plain text in lines of at most `columns`, broken between words; a longer word keeps a line of its own. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > columns) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** Plain text in exactly `columns`, filled up with spaces on the right, or on the left for numbers. */
export function pad(text: string, columns: number, side: 'left' | 'right' = 'right'): string {
  const clipped = clip(text, columns);
  const spaces = ' '.repeat(Math.max(0, columns - widthOf(clipped)));
  return side === 'right' ? clipped + spaces : spaces + clipped;
}
