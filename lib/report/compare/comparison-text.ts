import { align } from '../align.ts';
import type { Comparison } from './comparison-schema.ts';
import { changed, changes, figureName, howToRead, outcomes, runLine, seenText } from './comparison-words.ts';

/** A comparison as plain text, a line each, without colours. */
export function comparisonLines(comparison: Comparison): string[] {
  const { outcome, summary, before, after, unlike, recovery, figures, definition } = comparison;
  const parts = [
    [`${outcomes[outcome].word}: ${summary}`],
    unlike.length === 0 ? [] : ['Not like for like:', ...unlike.map((one) => `  ${one}`)],
    [`First:  ${runLine(before)}`, `Second: ${runLine(after)}`],
    changed(comparison).map(
      (one) =>
        `${changes[one.change].word}: ${figureName(one)} ${one.when}, ${seenText(one.before, one)}, then ${seenText(one.after, one)}. ${one.reason}`,
    ),
    figures.length === 0
      ? []
      : align([
          ['figure', 'when', 'first', 'second', ''],
          ...figures.map((one) => [
            figureName(one),
            one.when,
            seenText(one.before, one),
            seenText(one.after, one),
            changes[one.change].word,
          ]),
        ]),
    [`Recovery: ${recovery.reason}`],
    definition.changes.length === 0
      ? []
      : [
          'Changed in the definition:',
          ...definition.changes.map(
            ({ path, before: was = 'nothing', after: is = 'nothing' }) => `  ${path}: ${was}, then ${is}`,
          ),
          ...(definition.more > 0 ? [`  and ${definition.more} more`] : []),
        ],
    figures.length === 0 ? [] : [howToRead],
  ];
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : ['', ...part]));
}
