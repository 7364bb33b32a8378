import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The most of a log's end that is looked at, in bytes. */
const tailBytes = 16_384;

/** The longest line that is shown. */
const longestLine = 400;

/** What would move a terminal's cursor or change its colours, or is no text at all; tabs are. */
const unprintable = /(?!\t)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\uFFFD]+/gu;

/** A line as it can be shown anywhere, whatever a process has written. */
function shown(line: string): string {
  const text = line.replace(/\r$/, '').replace(unprintable, '\u00B7');
  return text.length > longestLine ? `${text.slice(0, longestLine)}\u2026` : text;
}

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
        .slice(-count)
        .map(shown);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return []; // it only adds to a message that says what matters without it
  }
}
