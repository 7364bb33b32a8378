import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import { writeWhole } from '../../rehearsal/file-run-store.ts';
import type { Io } from '../io.ts';

/**
 * Writes a file that was named on the command line, whole or not at all, with its folder.
 *
 * @returns where it lies
 * @throws SteadfastError `cannot-begin` where it cannot be written
 */
export async function writeNamed(io: Io, named: string, text: string): Promise<string> {
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
  return file;
}
