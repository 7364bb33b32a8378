import type { Journal } from '../run/journal.ts';
import type { Figure } from './figure.ts';
import { figuresOf, type Judged } from './figures.ts';
import { formatSeconds, measureName } from './format.ts';

const cell = (figure: Figure | undefined): string =>
  figure === undefined ? '-' : `${figure.typical === true ? '~' : ''}${figure.text}`;

/** Columns as wide as their widest cell, two spaces apart. */
function align(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Each tolerance in one row: before, during and after the fault, and how it was judged. */
function tableOf(journal: Judged): string[] {
  const rows = figuresOf(journal).filter((row) => row.limit !== undefined);
  if (rows.length === 0) return [];
  const started = journal.stages.some((stage) => stage.tolerances.length > 0);
  const header = ['probe', '', 'tolerance', 'before', 'during', 'after', ''];
  const body = rows.map((row, index) => [
    row.probe === rows[index - 1]?.probe ? '' : row.probe,
    measureName(row.measure),
    row.limit ?? '',
    cell(row.before),
    cell(row.during),
    cell(row.after),
    row.state ?? (started ? 'not judged' : (row.before?.state ?? '')),
  ]);
  return align([header, ...body]);
}

function recoveryLine({ recovery }: Judged): string[] {
  if (recovery === undefined) return [];
  const objective = `objective ${formatSeconds(recovery.objective)}`;
  if (recovery.met === undefined) return [`Recovery: unknown (${objective}): ${recovery.reason}`];
  const when = recovery.seconds === undefined ? 'not back' : `back after ${formatSeconds(recovery.seconds)}`;
  return [`Recovery: ${when} (${objective}): ${recovery.met ? 'met' : 'missed'}`];
}

/**
 * The end of a run as plain text, a line each, without colours: the verdict with its reason, the figures against their
 * tolerances, and recovery. What was not reached is left out.
 */
export function renderSummary(journal: Judged & Pick<Journal, 'verdict' | 'summary'>): string[] {
  const parts = [[`${journal.verdict}: ${journal.summary}`], tableOf(journal), recoveryLine(journal)];
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : ['', ...part]));
}
