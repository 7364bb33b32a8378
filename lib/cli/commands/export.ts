import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { chaosToolkitJournal } from '../../report/chaos-toolkit/journal.ts';
import type { Outside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { findJournal, type SourceFlags } from '../reports/find-journal.ts';
import { writeNamed } from '../reports/write-named.ts';
import { pathFor } from '../tell-result.ts';

export interface ExportFlags extends SourceFlags {
  readonly chaosToolkit?: boolean | undefined;
  readonly out?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Writes a run as another tool's record of it: on stdout, or to a file. The exit code says whether it was written, not what it says. */
export async function exportCommand(
  io: Io,
  run: string,
  flags: ExportFlags,
  outside: Outside,
): Promise<number> {
  if (flags.chaosToolkit !== true)
    throw new SteadfastError('usage', 'no format was named', {
      hint: `there is one: steadfast export --chaos-toolkit ${run}`,
    });
  const told = chaosToolkitJournal(await findJournal(io, run, flags, outside));
  if (flags.out !== undefined) {
    const file = await writeNamed(io, flags.out, `${JSON.stringify(told, null, 2)}\n`);
    printLine(io.stderr, `Wrote ${pathFor(io, file)}`);
  }
  if (flags.out === undefined || flags.json === true) printJson(io, told);
  return exitCode.fine;
}
