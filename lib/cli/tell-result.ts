import { join, relative } from 'node:path';
import { runFiles } from '../rehearsal/file-run-store.ts';
import { renderSummary } from '../report/summary.ts';
import type { Journal } from '../run/journal.ts';
import { codesOf, explainHint } from './explain-hint.ts';
import { type Io, printLine } from './io.ts';
import { paintSummary } from './view/paint-summary.ts';

/** The end of a run: its summary, where its report is, and what to try next. */
export function tellResult(io: Io, journal: Journal, out: string, next: string): void {
  printLine(io.stdout);
  tellSummary(io, journal);
  printLine(io.stdout);
  printLine(io.stdout, `Report: ${pathFor(io, join(out, runFiles.report))}`);
  printLine(io.stdout, `Next:   ${next}`);
  for (const line of explainHint(decisive(journal), io.stdoutColours)) printLine(io.stdout, line);
}

/** The codes of the findings that the verdict comes of. */
const decisive = ({ findings, verdict }: Journal): string[] =>
  verdict === 'held' ? [] : codesOf(findings.filter((one) => one.verdict === verdict));

export function tellSummary(io: Io, journal: Journal): void {
  const lines = renderSummary(journal);
  for (const line of paintSummary(lines, journal.verdict, io.stdoutColours, io.stdoutColumns))
    printLine(io.stdout, line);
}

/** A path as it is shortest for people. */
export function pathFor(io: Io, path: string): string {
  const short = relative(io.cwd, path);
  return short.startsWith('..') ? path : short;
}
