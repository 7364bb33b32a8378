import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { messageOf } from '../../experiment/steadfast-error.ts';
import { runFiles } from '../../rehearsal/file-run-store.ts';
import { type RunRecord, recordOf } from '../../run/run-record.ts';
import { readJournal } from '../judge/read-journal.ts';

/** The rehearsals whose journals lie in a project, and what could not be read of them. */
export async function localRecords(
  root: string,
): Promise<{ readonly records: readonly RunRecord[]; readonly unreadable: readonly string[] }> {
  const folder = join(root, '.steadfast', 'runs');
  const names = await readdir(folder).catch((): string[] => []);
  const records: RunRecord[] = [];
  const unreadable: string[] = [];
  for (const name of names) {
    const file = join(folder, name, runFiles.journal);
    const shown = relative(root, file);
    try {
      records.push(recordOf(await readJournal(file, shown), []));
    } catch (cause) {
      // A rehearsal that was interrupted before it began has left a folder and no journal.
      if (await hasJournal(join(folder, name))) unreadable.push(`${shown}: ${messageOf(cause)}`);
    }
  }
  return { records, unreadable };
}

const hasJournal = async (folder: string): Promise<boolean> =>
  (await readdir(folder).catch((): string[] => [])).includes(runFiles.journal);
