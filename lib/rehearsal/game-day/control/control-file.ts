import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { messageOf, SteadfastError } from '../../../experiment/steadfast-error.ts';
import { jsonText } from '../../../run/json-text.ts';
import { gameDayFiles } from '../files.ts';

const controlSchema = z.object({
  edition: z.string(),
  /** Of the process that holds the edition. */
  pid: z.int(),
  /** `http://127.0.0.1:<port>`. */
  url: z.string(),
  /** What a request shows that whoever sends it may read this file. */
  token: z.string(),
});

/** How another terminal of the same person reaches an edition that goes on. */
export type ControlFile = z.output<typeof controlSchema>;

const fileIn = (folder: string): string => join(folder, gameDayFiles.control);

/**
 * Leaves an edition's address in its folder, where only its owner reads it.
 *
 * @throws SteadfastError `cannot-begin` where the folder cannot be written
 */
export async function writeControlFile(folder: string, control: ControlFile): Promise<void> {
  const file = fileIn(folder);
  try {
    await writeFile(file, `${JSON.stringify(control, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    throw new SteadfastError('cannot-begin', `${file} cannot be written: ${messageOf(cause)}`, {
      hint: 'see that the folder can be written, and that its disk has room',
      cause,
    });
  }
}

export const removeControlFile = (folder: string): Promise<void> => rm(fileIn(folder), { force: true });

/** The address that is left in an edition's folder; undefined where it has been taken away, or was never whole. */
export async function readControlFile(folder: string): Promise<ControlFile | undefined> {
  const text = await readFile(fileIn(folder), 'utf8').catch(() => '');
  return z.pipe(jsonText, controlSchema).safeParse(text).data;
}
