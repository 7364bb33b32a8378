import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { startTimeOf } from './start-time.ts';

/** The environment variable by which a lab's processes are known, whatever they have started themselves. */
export const tokenVariable = 'STEADFAST_LAB_TOKEN';

const processSchema = z.strictObject({ pid: z.number().int().positive(), startedAt: z.string() });
const headerSchema = z.strictObject({ token: z.uuid(), owner: processSchema });

type ProcessIdentity = z.output<typeof processSchema>;

/** What a lab wrote down of itself: who owns it, and the leaders of the process groups it started. */
export interface LabRecord {
  readonly file: string;
  readonly token: string;
  readonly owner: ProcessIdentity;
  readonly processes: readonly ProcessIdentity[];
}

/** The folder that all labs of this user share. */
export const registryFolder = (): string => join(tmpdir(), `steadfast-${userInfo().uid}`);

/**
 * Makes the folder, for this user alone. The folder for temporary files is everyone's: one that someone else made could
 * tell us to end processes of their choice.
 */
function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  const { uid } = userInfo();
  if (!found.isDirectory() || (uid >= 0 && (found.uid !== uid || (found.mode & 0o022) !== 0))) {
    throw new SteadfastError(
      'cannot-begin',
      `${folder} is not a folder of this user alone, so the lab cannot keep its list of processes there`,
      {
        hint: `remove it, or set TMPDIR to a folder of your own`,
      },
    );
  }
}

/** Begins a record, before anything is started. The header is there as a whole or not at all. */
export function beginRecord(folder = registryFolder()): { readonly file: string; readonly token: string } {
  makeFolder(folder);
  const token = randomUUID();
  const startedAt = startTimeOf(process.pid);
  if (startedAt === undefined)
    throw new SteadfastError('internal', `the start time of process ${process.pid} cannot be read`);
  const file = join(folder, `${token}.ndjson`);
  writeFileSync(`${file}.new`, `${JSON.stringify({ token, owner: { pid: process.pid, startedAt } })}\n`, {
    mode: 0o600,
  });
  renameSync(`${file}.new`, file);
  return { file, token };
}

/** Adds a process that was just started; one that has ended already needs no entry. */
export function recordProcess(file: string, pid: number): void {
  const startedAt = startTimeOf(pid);
  if (startedAt !== undefined)
    appendFileSync(file, `${JSON.stringify({ pid, startedAt } satisfies ProcessIdentity)}\n`);
}

export const removeRecord = (file: string): void => rmSync(file, { force: true });

const lineAs = <Schema extends z.ZodType>(
  schema: Schema,
  line: string | undefined,
): z.output<Schema> | undefined => {
  try {
    return schema.safeParse(JSON.parse(line ?? '')).data;
  } catch {
    return undefined; // the writer was killed in the middle of the line
  }
};

/** All records, those of live owners too. A file that is none is left out. */
export function readRecords(folder = registryFolder()): readonly LabRecord[] {
  makeFolder(folder);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .flatMap((name) => {
      const file = join(folder, name);
      let lines: string[];
      try {
        lines = readFileSync(file, 'utf8').split('\n');
      } catch {
        return []; // its owner has just removed it
      }
      const header = lineAs(headerSchema, lines[0]);
      if (header === undefined) return [];
      const processes = lines.slice(1).flatMap((line) => lineAs(processSchema, line) ?? []);
      return [{ file, ...header, processes }];
    });
}
