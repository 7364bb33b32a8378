import { formatTime } from '../format.ts';
import { blocks, code, joined, lines, type Markdown, md } from '../markdown/markdown.ts';
import { verdictMark } from '../markdown/run.ts';
import { table } from '../markdown/table.ts';
import type { Change, ComparedFigure, ComparedSide, Comparison } from './comparison-schema.ts';
import {
  boundsText,
  changed,
  changes,
  figureName,
  howToRead,
  outcomes,
  seenText,
} from './comparison-words.ts';

const mark = (change: Change): Markdown =>
  change === 'alike' ? md`${changes[change].word}` : md`**${changes[change].word}**`;

/** A comparison as Markdown; nothing out of the runs can form any. */
export function comparisonMarkdown(comparison: Comparison): Markdown {
  const { experiment, outcome, summary, unlike, recovery, figures, definition, before, after } = comparison;
  return blocks(
    md`## ${outcomes[outcome].word}: ${experiment.title}`,
    md`${lines(summary)}`,
    unlike.length > 0 &&
      blocks(
        md`### Not like for like`,
        joined(
          unlike.map((one) => md`- ${one}`),
          '\n',
        ),
      ),
    table({
      columns: ['About', 'First', 'Second'],
      rows: [
        [
          'Verdict',
          ...[before, after].map(({ verdict, summary: why }) => md`${verdictMark(verdict)}: ${lines(why)}`),
        ],
        ['Run', code(before.runId), code(after.runId)],
        ['Where', before.environment, after.environment],
        ['Started', formatTime(before.start), formatTime(after.start)],
      ],
    }),
    blocks(md`### What changed`, ...changedParts(comparison)),
    md`**Recovery:** ${recovery.reason}`,
    definition.changes.length > 0 &&
      blocks(
        md`### What was changed in the definition`,
        table({
          columns: ['Where', 'First', 'Second'],
          rows: definition.changes.map(({ path, before: was, after: is }) => [
            code(path),
            was && code(was),
            is && code(is),
          ]),
        }),
        definition.more > 0 && md`And ${definition.more} more.`,
      ),
    figures.length > 0 && blocks(md`### Every figure`, figureTable(figures), md`${howToRead}`),
  );
}

function changedParts(comparison: Comparison): Markdown[] {
  const all = changed(comparison);
  if (all.length === 0) return [md`No figure was shown to have changed.`];
  return [
    joined(
      all.map(
        (one) =>
          md`- ${mark(one.change)}: ${figureName(one)}, ${one.when}: ${seenText(one.before, one)}, then ${seenText(one.after, one)}. ${one.reason}`,
      ),
      '\n',
    ),
  ];
}

const figureTable = (figures: readonly ComparedFigure[]): Markdown =>
  table({
    columns: ['Figure', 'When', 'First', 'Second', 'Change'],
    rows: figures.map((one) => [
      figureName(one),
      one.when,
      side(one.before, one),
      side(one.after, one),
      mark(one.change),
    ]),
  });

function side(seen: ComparedSide | undefined, figure: ComparedFigure): string {
  const bounds = boundsText(seen, figure);
  return `${seenText(seen, figure)}${bounds === undefined ? '' : ` (surely ${bounds})`}`;
}
