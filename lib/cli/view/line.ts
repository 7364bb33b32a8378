import { createColors } from 'picocolors';
import type { Verdict } from '../../experiment/verdict.ts';
import { clip, widthOf } from './text-width.ts';

/** What a piece of a line is; the colours are chosen in one place. */
export type Look = 'plain' | 'strong' | 'faint' | 'good' | 'bad' | 'doubt' | 'accent';

export interface Piece {
  readonly text: string;
  readonly look: Look;
}

export type Line = readonly Piece[];

export const piece = (text: string, look: Look = 'plain'): Piece => ({ text, look });

/** A line in at most `columns`: what does not fit is cut off, so that it never wraps. */
export function cutTo(line: Line, columns: number): Line {
  let left = columns;
  return line.flatMap((one) => {
    if (left <= 0) return [];
    const text = clip(one.text, left);
    left -= widthOf(text);
    return text === '' ? [] : { ...one, text };
  });
}

/** A line with its colours; without them, its text alone. */
export function paint(line: Line, colours: boolean): string {
  const { bold, dim, green, red, yellow, cyan } = createColors(colours);
  const painters: Readonly<Record<Look, (text: string) => string>> = {
    plain: (text) => text,
    strong: bold,
    faint: dim,
    good: green,
    bad: (text) => bold(red(text)),
    doubt: yellow,
    accent: cyan,
  };
  return line.map(({ text, look }) => painters[look](text)).join('');
}

/** How a verdict looks on a terminal. */
export const verdictLooks: Readonly<Record<Verdict, Look>> = {
  held: 'good',
  deviated: 'bad',
  inconclusive: 'doubt',
  halted: 'doubt',
  rejected: 'doubt',
  unrecovered: 'bad',
  errored: 'bad',
};
