import { appendFileSync, closeSync, openSync, readSync, statSync, truncateSync } from 'node:fs';

/** The longest that a log may get, in bytes: more than anybody reads, less than any disk. */
const longestLogBytes = 64 * 1_048_576;
/** What is kept of one that is cut: its end, which tells most. */
const keptBytes = 65_536;
/** How often it is looked at: a process that writes as fast as it can writes some hundred megabytes meanwhile. */
const lookEveryMs = 500;

function endOf(file: string, size: number): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(Math.min(size, keptBytes));
    return buffer.subarray(0, readSync(descriptor, buffer, 0, buffer.length, size - buffer.length));
  } finally {
    closeSync(descriptor);
  }
}

/** Cuts a log that is too long down to its end. Its process appends to it, so it goes on where the file then ends. */
export function cutLog(file: string, longest = longestLogBytes): void {
  try {
    const { size } = statSync(file);
    if (size <= longest) return;
    const end = endOf(file, size);
    truncateSync(file, 0);
    appendFileSync(file, `[it was longer than ${longest} bytes: what came before was cut away]\n`);
    appendFileSync(file, end);
  } catch {
    // It has been removed, or cannot be written: the next look is as good.
  }
}

/**
 * Keeps logs from filling the disk, for as long as this process lives.
 *
 * @returns how to end that
 */
export function keepLogsShort(files: ReadonlySet<string>, longest = longestLogBytes): () => void {
  const look = setInterval(() => {
    for (const file of files) cutLog(file, longest);
  }, lookEveryMs);
  look.unref();
  return () => clearInterval(look);
}
