import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';

/** The longest line that is read: a sample has some hundred bytes. */
const longestLine = 1_048_576;

const lineFeed = 0x0a;

/** A line of a file: its text, or what is wrong with its bytes. */
export type FileLine = { readonly line: number } & (
  | { readonly text: string }
  | { readonly wrong: 'encoding' | 'too-long' }
);

/**
 * The lines of a file, one after the other: it may be larger than the memory. A byte order mark and carriage returns at the ends
 * of lines are left out. Nothing is read behind a line that is too long.
 *
 * @param onBytes told of everything that is read
 */
export async function* fileLines(
  file: string,
  onBytes: (bytes: Uint8Array) => void = () => undefined,
): AsyncGenerator<FileLine> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 0;
  const read = (bytes: Uint8Array): FileLine => {
    line += 1;
    try {
      return { line, text: decoder.decode(bytes).replace(/\r$/, '') };
    } catch {
      return { line, wrong: 'encoding' };
    }
  };
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunksOf(file)) {
    onBytes(chunk);
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
      const part = chunk.subarray(from, end);
      yield read(rest.length === 0 ? part : Buffer.concat([rest, part]));
      rest = Buffer.alloc(0);
      from = end + 1;
    }
    rest = Buffer.concat([rest, chunk.subarray(from)]);
    if (rest.length > longestLine) {
      yield { line: line + 1, wrong: 'too-long' };
      return;
    }
  }
  if (rest.length > 0) yield read(rest);
}

async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(file)) if (Buffer.isBuffer(chunk)) yield chunk;
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

const unreadable = (file: string, cause: unknown): SteadfastError =>
  new SteadfastError('cannot-begin', `${file} cannot be read: ${messageOf(cause)}`, { cause });

/**
 * Sees that something can be judged at all: a file, not a folder or a pipe, since it is read more than once.
 *
 * @returns its length in bytes
 * @throws SteadfastError `unknown-id` where there is none, `cannot-begin` where it is none
 */
export async function sizeOfFile(file: string, shown: string): Promise<number> {
  const found = await stat(file).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT' && cause.code !== 'ENOTDIR') throw unreadable(shown, cause);
  });
  if (found === undefined) throw new SteadfastError('unknown-id', `there is no file ${shown}`);
  if (found.isFile()) return found.size;
  throw new SteadfastError(
    'cannot-begin',
    found.isDirectory() ? `${shown} is a folder` : `${shown} is no file that can be read more than once`,
    {
      hint: found.isDirectory()
        ? `name a file in it, such as ${shown.replace(/[\\/]$/, '')}/journal.json`
        : 'write it to a file first',
    },
  );
}

/** The SHA-256 of what is read, in hexadecimal. */
export function createSha256() {
  const hash = createHash('sha256');
  return { add: (bytes: Uint8Array) => void hash.update(bytes), hex: () => hash.digest('hex') };
}
