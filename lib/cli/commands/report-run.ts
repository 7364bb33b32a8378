import { runMarkdown } from '../../report/markdown/run.ts';
import { renderReport } from '../../report/report.ts';
import { renderSummary } from '../../report/summary.ts';
import { toldRunOf } from '../../report/told-run.ts';
import type { Outside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { findJournal, type SourceFlags } from '../reports/find-journal.ts';
import { type FormFlags, giveReport } from '../reports/give-report.ts';
import { paintSummary } from '../view/paint-summary.ts';

/** Reports one run. The exit code is that of the report, not the verdict's. */
export async function reportRunCommand(
  io: Io,
  run: string,
  flags: SourceFlags & FormFlags,
  outside: Outside,
): Promise<number> {
  const journal = await findJournal(io, run, flags, outside);
  await giveReport(io, flags, {
    html: () => renderReport(journal),
    markdown: () => runMarkdown(toldRunOf(journal, undefined)),
    document: journal,
    lines: () => paintSummary(renderSummary(journal), journal.verdict, io.stdoutColours, io.stdoutColumns),
  });
  return exitCode.fine;
}
