import type { Journal } from '../run/journal.ts';
import { align } from './align.ts';
import type { Figure } from './figure.ts';
import { figuresOf, type Judged } from './figures.ts';
import { formatSeconds, measureName, plural } from './format.ts';

const cell = (figure: Figure | undefined): string =>
  figure === undefined ? '-' : `${figure.typical === true ? '~' : ''}${figure.text}`;

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

/** More findings than this are for the report. */
const mostOthers = 4;

type Told = Judged & Pick<Journal, 'verdict' | 'summary'> & Partial<Pick<Journal, 'findings'>>;

/** A finding may hold lines of its own: the last ones of a log. */
const linesOf = (verdict: string, message: string): string[] => `${verdict}: ${message}`.split('\n');

/** How to mend what the verdict rests on. */
function hintLine({ findings = [], summary }: Told): string[] {
  const hint = findings.find(({ message }) => message === summary)?.hint;
  return hint === undefined ? [] : [`How to mend it: ${hint}`];
}

/** What else was found, the worst first. */
function otherLines({ findings = [], summary }: Told): string[] {
  const others = findings.filter(({ message }) => message !== summary);
  const more = others.length - mostOthers;
  return [
    ...others.slice(0, mostOthers).flatMap(({ verdict, message }) => linesOf(verdict, message)),
    ...(more > 0 ? [`${plural(more, 'more finding')} in the report.`] : []),
  ];
}

/**
 * The end of a run as plain text, a line each, without colours: the verdict with its reason and how to mend it, the figures against
 * their tolerances, recovery, and what else was found. What was not reached is left out.
 */
export function renderSummary(journal: Told): string[] {
  const parts = [
    [...linesOf(journal.verdict, journal.summary), ...hintLine(journal)],
    tableOf(journal),
    recoveryLine(journal),
    otherLines(journal),
  ];
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : ['', ...part]));
}
