import { relative } from 'node:path';
import { createColors } from 'picocolors';
import type { Problem, SteadfastError } from '../experiment/steadfast-error.ts';
import { type Io, printLine } from './io.ts';

/** A path as it is written in code: `stages[0].duration`. */
export const pathText = (path: Problem['path']): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );

/** A problem as people read it: where, what, and how to mend it. */
export function problemLines(problem: Problem, cwd: string, colours: boolean): string[] {
  const paint = createColors(colours);
  const file = problem.file === undefined ? '' : relative(cwd, problem.file) || problem.file;
  const where = [file, problem.line].filter((part) => part !== undefined && part !== '').join(':');
  const path = pathText(problem.path);
  const mark = problem.severity === 'note' ? paint.yellow('note ') : paint.red('error');
  const head = [mark, paint.bold(where), path].filter(Boolean).join('  ');
  return [
    head,
    `       ${problem.message}`,
    ...(problem.hint === undefined ? [] : [`       ${paint.dim(problem.hint)}`]),
  ];
}

/** A problem as JSON gives it; paths are those of the document. */
export const problemJson = ({ candidates: _candidates, severity = 'error', ...problem }: Problem) => ({
  severity,
  ...problem,
});

/** An error with all its problems, for people. */
export function printError(io: Io, { message, problems, hint }: SteadfastError): void {
  const paint = createColors(io.stderrColours);
  printLine(io.stderr, `${paint.red('steadfast:')} ${message}`);
  for (const problem of problems)
    for (const line of problemLines(problem, io.cwd, io.stderrColours)) printLine(io.stderr, line);
  if (hint !== undefined) printLine(io.stderr, `  ${hint}`);
}
