import { randomUUID } from 'node:crypto';
import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file that is not there yet, whole or not at all, with its folder; what is there is never touched.
 *
 * @param mode who may read it: 0o644 unless told
 */
export async function writeNew(file: string, text: string, mode = 0o644): Promise<'written' | 'there'> {
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.${randomUUID()}.new`;
  try {
    await writeFile(unfinished, text, { flag: 'wx', mode });
    // Unlike a rename this fails where somebody was quicker.
    await link(unfinished, file);
    return 'written';
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return 'there';
    throw cause;
  } finally {
    await rm(unfinished, { force: true });
  }
}
