import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { type Problem, SteadfastError } from '../../experiment/steadfast-error.ts';
import { type Journal, journalSchema } from '../../run/journal.ts';
import { jsonText } from '../../run/json-text.ts';
import { fileLines, sizeOfFile } from './file-lines.ts';
import { openSampleFile, type SampleFile } from './sample-file.ts';

/** The largest journal that is read; that of a run of twelve hours has some 20 MB. */
const largestBytes = 268_435_456;

/** The version of the format that is read here. */
const journalVersion = 1;

/** Whether a file holds a journal: one document. A file of samples is an object a line, none of which has a version. */
export async function holdsJournal(file: string): Promise<boolean> {
  if (/\.(ndjson|jsonl)$/i.test(file)) return false;
  for await (const line of fileLines(file)) {
    if (!('text' in line)) return false;
    const text = line.text.replace(/^\uFEFF/, '').trim();
    if (text === '') continue;
    const first = jsonText.safeParse(text);
    return first.success
      ? typeof first.data === 'object' && first.data !== null && 'schemaVersion' in first.data
      : /\.json$/i.test(file);
  }
  return /\.json$/i.test(file);
}

/** Reads a journal. Throws `invalid` with its problems. */
export async function readJournal(file: string, shown: string): Promise<Journal> {
  const size = await sizeOfFile(file, shown);
  if (size > largestBytes)
    throw new SteadfastError(
      'invalid',
      `${shown} has ${size} bytes, more than the ${largestBytes} of any journal`,
    );
  return journalIn(await readFile(file, 'utf8'), file, shown);
}

const withVersion = z.looseObject({ schemaVersion: z.number() });

/** The journal that a text is. Throws `invalid` with its problems. */
export function journalIn(text: string, file: string, shown: string): Journal {
  const read = jsonText.safeParse(text.replace(/^\uFEFF/, ''));
  const parsed = read.success ? journalSchema.safeParse(read.data) : read;
  if (parsed.success) return parsed.data;
  const version = withVersion.safeParse(read.data).data?.schemaVersion ?? journalVersion;
  if (version !== journalVersion) {
    throw new SteadfastError(
      'invalid',
      `${shown} is a journal of version ${version}, and this Steadfast reads version ${journalVersion}`,
      { hint: 'read it with the Steadfast that wrote it, or with a later one' },
    );
  }
  const problems = parsed.error.issues.slice(0, 5).map(
    ({ path, message }): Problem => ({
      code: 'no-journal',
      path: path.map((step) => (typeof step === 'number' ? step : String(step))),
      file,
      message,
    }),
  );
  throw new SteadfastError('invalid', `${shown} is no journal that can be read`, {
    problems,
    hint: 'a run writes journal.json; its samples, or those of another tool, are judged with --experiment FILE',
  });
}

/**
 * Opens the samples of a journal: the file beside it, as the run left it.
 *
 * @throws SteadfastError `invalid` where it is missing or has been changed
 */
export async function openSamplesOf(journal: Journal, file: string, shown: string): Promise<SampleFile> {
  const beside = join(dirname(file), basename(journal.samples.file));
  const name = join(dirname(shown), basename(journal.samples.file));
  try {
    await sizeOfFile(beside, name);
  } catch (cause) {
    if (!(cause instanceof SteadfastError) || cause.code !== 'unknown-id') throw cause;
    throw new SteadfastError('invalid', `the samples of ${shown} are missing: there is no file ${name}`, {
      hint: 'a journal is judged by its samples: put them beside it',
      cause,
    });
  }
  const samples = await openSampleFile(beside, { shown: name, asRun: true });
  if (samples.sha256 === journal.samples.sha256) return samples;
  throw new SteadfastError(
    'invalid',
    `${name} is not what run ${journal.runId} left: its SHA-256 is ${samples.sha256.slice(0, 12)}..., the journal says ${journal.samples.sha256.slice(0, 12)}...`,
    {
      hint: `it was changed afterwards, or belongs to another run; to judge it all the same: steadfast judge ${name} --experiment FILE`,
    },
  );
}
