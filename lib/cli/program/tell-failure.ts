import { CommanderError } from '@commander-js/extra-typings';
import { createColors } from 'picocolors';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import { exitCode, exitCodeOf } from '../exit-code.ts';
import { hintOfError } from '../explain-hint.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { printError, problemJson } from '../print-problems.ts';

/** Tells a failure as text or JSON, and gives its exit code. A crash is 70, with where it happened: that is for us to mend. */
export function tellFailure(io: Io, cause: unknown, json: boolean): number {
  // Commander has told its own errors already; help and version are no errors.
  if (cause instanceof CommanderError) {
    if (cause.exitCode === 0) return exitCode.fine;
    if (json) printJson(io, { error: { code: 'usage', message: cause.message, problems: [] } });
    return exitCode.usage;
  }
  const paint = createColors(io.stderrColours);
  if (!(cause instanceof SteadfastError)) {
    if (json) printJson(io, { error: { code: 'internal', message: messageOf(cause), problems: [] } });
    const where = cause instanceof Error && cause.stack !== undefined ? cause.stack : messageOf(cause);
    printLine(io.stderr, `${paint.red('Steadfast itself failed.')} Please report this:\n${where}`);
    return exitCode.failed;
  }
  if (json) {
    const { code, message, hint, problems } = cause;
    printJson(io, {
      error: { code, message, ...(hint === undefined ? {} : { hint }), problems: problems.map(problemJson) },
    });
  }
  printError(io, cause);
  for (const line of hintOfError(cause, io.stderrColours)) printLine(io.stderr, `  ${line}`);
  return exitCodeOf(cause.code);
}
