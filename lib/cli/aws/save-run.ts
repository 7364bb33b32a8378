import { createWriteStream, existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod/mini';
import type { RunFiles } from '../../aws/command/run-files.ts';
import { runFiles, writeWhole } from '../../rehearsal/file-run-store.ts';
import { renderReport } from '../../report/report.ts';
import { type Journal, journalSchema } from '../../run/journal.ts';
import { jsonText } from '../../run/json-text.ts';
import type { Clock } from '../../run/ports.ts';

const journalText = z.pipe(jsonText, journalSchema);

/** Whatever concluded the run may still be writing when its launcher has ended: the independent stop is told of it by an event. */
const journalWithinMs = 120_000;
const lookEveryMs = 3_000;

/**
 * Copies what is kept of a run from the environment's bucket into a folder. Undefined where no journal came in time, or where it is one
 * that this version cannot read: its files are then there all the same.
 *
 * @param isDue whether the journal is there already, or never; else it is waited for
 */
export async function saveRun(options: {
  readonly files: RunFiles;
  readonly folder: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly isDue: boolean;
}): Promise<Journal | undefined> {
  const { files, folder, clock, signal, isDue } = options;
  const untilMs = clock.now() + (isDue ? 0 : journalWithinMs);
  let text = await files.read(runFiles.journal);
  while (text === undefined && clock.now() < untilMs && !signal.aborted) {
    await clock.sleep(lookEveryMs, signal);
    text = await files.read(runFiles.journal);
  }
  if (text === undefined) return undefined;
  for (const file of Object.values(runFiles)) await copy(files, file, folder);
  const journal = journalText.safeParse(text);
  if (!journal.success) return undefined;
  // Whatever recorded the run in the runner's place makes no report.
  const report = join(folder, runFiles.report);
  if (!existsSync(report)) await writeWhole(report, renderReport(journal.data));
  return journal.data;
}

/** Samples may be many: they go to the disk as they come. A file is whole or not there. */
async function copy(files: RunFiles, file: string, folder: string): Promise<void> {
  const from = await files.open(file);
  if (from === undefined) return;
  const unfinished = join(folder, `${file}.unfinished`);
  await pipeline(from, createWriteStream(unfinished));
  await rename(unfinished, join(folder, file));
}
