import { compareRuns } from '../../report/compare/compare-runs.ts';
import { comparisonMarkdown } from '../../report/compare/comparison-markdown.ts';
import { renderComparison } from '../../report/compare/comparison-page.ts';
import { comparisonLines } from '../../report/compare/comparison-text.ts';
import type { Outside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { findJournal, type SourceFlags } from '../reports/find-journal.ts';
import { type FormFlags, giveReport } from '../reports/give-report.ts';

/** Compares a run with an earlier one of the same experiment. */
export async function reportCompareCommand(
  io: Io,
  before: string,
  after: string,
  flags: SourceFlags & FormFlags,
  outside: Outside,
): Promise<number> {
  const comparison = compareRuns(
    await findJournal(io, before, flags, outside),
    await findJournal(io, after, flags, outside),
  );
  await giveReport(io, flags, {
    html: () => renderComparison(comparison),
    markdown: () => comparisonMarkdown(comparison),
    document: comparison,
    lines: () => comparisonLines(comparison),
  });
  return exitCode.fine;
}
