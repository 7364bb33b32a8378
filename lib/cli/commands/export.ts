import { mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { projectRootOf } from '../../definitions/project-root.ts';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import { runFiles, writeWhole } from '../../rehearsal/file-run-store.ts';
import { chaosToolkitJournal } from '../../report/chaos-toolkit/journal.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, printJson, printLine } from '../io.ts';
import { readJournal } from '../judge/read-journal.ts';
import { runsFolder } from '../runs-folder.ts';
import { pathFor } from '../tell-result.ts';

export interface ExportFlags {
  readonly chaosToolkit?: boolean | undefined;
  readonly out?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Writes a run as another tool's record of it: on stdout, or to a file. The exit code says whether it was written, not what it says. */
export async function exportCommand(io: Io, run: string, flags: ExportFlags): Promise<number> {
  if (flags.chaosToolkit !== true)
    throw new SteadfastError('usage', 'no format was named', {
      hint: `there is one: steadfast export --chaos-toolkit ${run}`,
    });
  const file = await journalOf(io, run);
  const told = chaosToolkitJournal(await readJournal(file, pathFor(io, file)));
  if (flags.out !== undefined) await write(io, flags.out, `${JSON.stringify(told, null, 2)}\n`);
  if (flags.out === undefined || flags.json === true) printJson(io, told);
  return exitCode.fine;
}

/** The journal's file: itself, in its folder, or in that of a run of the project by its id. */
async function journalOf(io: Io, run: string): Promise<string> {
  const asked = resolve(io.cwd, run);
  for (const file of [
    asked,
    join(asked, runFiles.journal),
    join(runsFolder(projectRootOf(io.cwd)), run, runFiles.journal),
  ]) {
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile() === true) return file;
  }
  throw new SteadfastError('unknown-id', `there is no run '${run}' here, neither as a file nor by its id`, {
    hint: 'steadfast runs lists those on this machine',
  });
}

async function write(io: Io, named: string, text: string): Promise<void> {
  const file = resolve(io.cwd, named);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeWhole(file, text);
  } catch (cause) {
    throw new SteadfastError('cannot-begin', `${named} cannot be written: ${messageOf(cause)}`, {
      hint: 'name a file in a folder that can be written',
      cause,
    });
  }
  printLine(io.stderr, `Wrote ${pathFor(io, file)}`);
}
