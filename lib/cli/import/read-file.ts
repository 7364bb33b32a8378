import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import { largestSourceBytes } from '../../import/source/read-source.ts';

/**
 * The bytes of a file that is to be imported; of one that is too large no more than shows that it is.
 *
 * @throws {SteadfastError} `unknown-id` where there is none; `cannot-begin` where it cannot be read
 */
export async function readFileToImport(name: string, cwd: string): Promise<Uint8Array> {
  try {
    const file = await open(resolve(cwd, name));
    try {
      if (!(await file.stat()).isFile()) throw new Error('it is no file');
      const buffer = new Uint8Array(largestSourceBytes + 1);
      let length = 0;
      for (;;) {
        const { bytesRead } = await file.read(buffer, length, buffer.byteLength - length);
        length += bytesRead;
        if (bytesRead === 0 || length === buffer.byteLength) return buffer.subarray(0, length);
      }
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
      throw new SteadfastError('unknown-id', `there is no file ${name}`);
    throw new SteadfastError('cannot-begin', `${name} cannot be read: ${messageOf(cause)}`, { cause });
  }
}
