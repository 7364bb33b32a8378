import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { runFiles } from '../rehearsal/file-run-store.ts';
import { jsonText } from '../run/json-text.ts';
import { type RunRecord, runRecordSchema } from '../run/run-record.ts';
import { runsFolder } from './runs-folder.ts';

/** Enough of a journal to list its run, whichever version wrote it. */
const journalSchema = z.looseObject({
  runId: z.string(),
  experiment: z.object({ id: z.string() }),
  environment: z.object({ id: z.string() }),
  verdict: z.unknown(),
  summary: z.string(),
  start: z.string(),
  end: z.string(),
});

/** The runs that lie in a project's folder, the newest first. What is no journal there is passed over. */
export async function localRuns(root: string): Promise<RunRecord[]> {
  const folder = runsFolder(root);
  if (!existsSync(folder)) return [];
  const found = await Promise.all((await readdir(folder)).map((name) => recordIn(join(folder, name))));
  return found.flatMap((record) => record ?? []).toSorted((a, b) => b.start.localeCompare(a.start));
}

async function recordIn(folder: string): Promise<RunRecord | undefined> {
  const file = join(folder, runFiles.journal);
  if (!existsSync(file)) return undefined;
  const journal = z.pipe(jsonText, journalSchema).safeParse(await readFile(file, 'utf8')).data;
  if (journal === undefined) return undefined;
  const { experiment, environment, ...rest } = journal;
  return runRecordSchema.safeParse({ ...rest, experiment: experiment.id, environment: environment.id }).data;
}
