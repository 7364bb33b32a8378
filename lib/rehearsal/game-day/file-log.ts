import { open, readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { messageOf, SteadfastError } from '../../experiment/steadfast-error.ts';
import { type Entry, entrySchema } from '../../game-day/entry.ts';
import type { GameDayLog } from '../../game-day/ports.ts';
import { iso } from '../../run/iso.ts';
import { jsonText } from '../../run/json-text.ts';

const lineSchema = z.pipe(jsonText, entrySchema);

/** The log of one edition that goes on. */
export interface FileLog extends GameDayLog {
  /** All that is written. */
  readonly entries: readonly Entry[];
  /** Nothing is written any more: whoever appends is told so. */
  close(): Promise<void>;
}

/**
 * The log of one edition in a file of its own, an entry a line. What is appended is on the disk before anybody is told so: it is there
 * after a power cut, and after the command was killed.
 *
 * @throws where the file is there already, or cannot be made
 */
export async function createFileLog(options: {
  readonly file: string;
  readonly clock: { now(): number };
  /** Told that something was written. */
  readonly onAppend: () => void;
}): Promise<FileLog> {
  const { file, clock, onAppend } = options;
  const handle = await open(file, 'ax');
  let entries: readonly Entry[] = [];
  let bytes = 0;
  let isClosed = false;
  let turn: Promise<unknown> = Promise.resolve();

  async function write(after: number, news: Parameters<GameDayLog['append']>[2]) {
    if (isClosed)
      throw new SteadfastError('invalid', 'the rehearsal of the game day has ended: nothing is added to it');
    if (entries.length !== after) return 'conflict';
    const writtenAt = iso(clock.now());
    const more = news.map((entry, index) =>
      entrySchema.parse({ ...entry, number: after + index + 1, writtenAt }),
    );
    const text = more.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    try {
      await handle.appendFile(text);
      await handle.datasync();
    } catch (cause) {
      // Half a line would spoil the next one.
      await handle.truncate(bytes).catch(() => undefined);
      throw new SteadfastError('internal', `the log of the game day cannot be written: ${messageOf(cause)}`, {
        hint: `see that the disk of ${file} has room, then do it again`,
        cause,
      });
    }
    bytes += Buffer.byteLength(text);
    entries = [...entries, ...more];
    onAppend();
    return 'written' as const;
  }

  return {
    get entries() {
      return entries;
    },
    read: async (_edition, after = 0) => entries.slice(after),
    append: (_edition, after, news) => {
      const written = turn.then(() => write(after, news));
      turn = written.catch(() => undefined);
      return written;
    },
    close: async () => {
      await turn;
      if (isClosed) return;
      isClosed = true;
      await handle.close();
    },
  };
}

/** A log as it lies on the disk. */
export interface ReadLog {
  readonly entries: readonly Entry[];
  /** What is behind the last whole entry and is none, as a sentence; absent where the file ends with an entry. */
  readonly torn?: string;
}

/**
 * The log of an edition that was, or is. A last line that was cut off when its command died is passed over, and said.
 *
 * @throws SteadfastError `invalid` where entries are missing or changed before the end, which no death does
 */
export async function readFileLog(file: string): Promise<ReadLog> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  const last = lines.pop() ?? '';
  const entries = lines.map((line, index) => {
    const { data } = lineSchema.safeParse(line);
    if (data?.number === index + 1) return data;
    throw new SteadfastError('invalid', `line ${index + 1} of ${file} is no entry of a game day's log`, {
      hint: 'it was changed by somebody else: take it back from where you keep copies',
    });
  });
  if (last === '') return { entries };
  const torn = `the last line of ${file} was cut off when its command ended, and is passed over`;
  return { entries, torn };
}
