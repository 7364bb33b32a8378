import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The most of a log's end that is looked at, in bytes. */
const tailBytes = 16_384;

/** The last lines of a text file that are not empty; none when it cannot be read. */
export function lastLines(file: string, count = 10): readonly string[] {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const { size } = fstatSync(descriptor);
      const buffer = Buffer.alloc(Math.min(size, tailBytes));
      readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
      return buffer
        .toString('utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .slice(-count);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return []; // it only adds to a message that says what matters without it
  }
}
