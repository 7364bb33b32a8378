import type { Verdict } from '../../experiment/verdict.ts';
import { type Look, type Piece, paint, piece, verdictLooks } from './line.ts';
import { plainText } from './text-width.ts';

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

/** Colours the lines of `renderSummary`: the verdict at its beginning and the words of judgement at the ends of lines. */
export function paintSummary(lines: readonly string[], verdict: Verdict, colours: boolean): string[] {
  return lines.map((untrusted, index) => {
    const line = plainText(untrusted);
    if (index > 0 || !line.startsWith(verdict)) return paint(judged(line), colours);
    return paint(
      [piece(verdict, verdictLooks[verdict]), piece(line.slice(verdict.length), 'strong')],
      colours,
    );
  });
}
