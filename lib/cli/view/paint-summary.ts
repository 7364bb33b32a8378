import type { Verdict } from '../../experiment/verdict.ts';
import { type Look, type Piece, paint, piece, verdictLooks } from './line.ts';
import { plainText, wrap } from './text-width.ts';

const stateLooks: Readonly<Record<string, Look>> = {
  met: 'good',
  missed: 'bad',
  unknown: 'doubt',
  'not judged': 'doubt',
};

/** A line that ends in a word of judgement, with that word apart. */
function judged(line: string): readonly Piece[] {
  const word = /(?:^| )(met|missed|unknown|not judged)$/.exec(line)?.[1];
  if (word === undefined) return [piece(line)];
  return [piece(line.slice(0, -word.length)), piece(word, stateLooks[word] ?? 'plain')];
}

/** Rows of a table have their cells two spaces apart: broken, they would be none. */
const broken = (line: string, columns: number): string[] =>
  line.includes('  ') ? [line] : wrap(line, columns);

/**
 * Colours the lines of `renderSummary`: the verdict at its beginning and the words of judgement at the ends of lines. Sentences are
 * broken between words, in at most `columns`.
 */
export function paintSummary(
  lines: readonly string[],
  verdict: Verdict,
  colours: boolean,
  columns: number = Number.POSITIVE_INFINITY,
): string[] {
  return lines.flatMap((untrusted, index) => {
    const line = plainText(untrusted);
    if (index > 0 || !line.startsWith(verdict))
      return broken(line, columns).map((part) => paint(judged(part), colours));
    return broken(line, columns).map((part, row) =>
      paint(
        row === 0
          ? [piece(verdict, verdictLooks[verdict]), piece(part.slice(verdict.length), 'strong')]
          : [piece(part, 'strong')],
        colours,
      ),
    );
  });
}
