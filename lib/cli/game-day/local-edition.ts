import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { gameDayInputSchema } from '../../game-day/input.ts';
import { type ControlFile, readControlFile } from '../../rehearsal/game-day/control/control-file.ts';
import { controlPaths, recordSchema } from '../../rehearsal/game-day/control/messages.ts';
import { readFileLog } from '../../rehearsal/game-day/file-log.ts';
import { gameDayFiles, gameDayFolders } from '../../rehearsal/game-day/files.ts';
import { jsonText } from '../../run/json-text.ts';
import type { GameDayRecord } from './client.ts';

/** An edition that was rehearsed in a project, or is. */
export interface LocalEdition {
  readonly edition: string;
  readonly record: GameDayRecord;
  /** What of its log could not be read, as a sentence. */
  readonly torn?: string;
  /** How it is reached; absent once it has ended, or died. */
  readonly control?: ControlFile;
}

/** What this machine's own processes answer within, unless they were stopped (Ctrl-Z) or are too busy to answer anybody. */
const answersWithinMs = 5_000;

/**
 * An edition by its folder.
 *
 * @throws SteadfastError `unknown-id` where none lies there, `invalid` where its files were changed by somebody else
 */
export async function readLocalEdition(root: string, edition: string): Promise<LocalEdition> {
  const folder = join(gameDayFolders(root), edition);
  const control = await readControlFile(folder);
  if (control !== undefined) {
    const record = await readRecord(control).catch(() => undefined);
    if (record !== undefined) return { edition, record, control };
  }
  const text = await readFile(join(folder, gameDayFiles.input), 'utf8').catch(() => undefined);
  if (text === undefined) {
    throw new SteadfastError('unknown-id', `no game day '${edition}' was rehearsed here`, {
      hint: 'steadfast gameday status tells which there are',
    });
  }
  const input = z.pipe(jsonText, gameDayInputSchema).safeParse(text).data;
  if (input === undefined)
    throw new SteadfastError(
      'invalid',
      `${join(folder, gameDayFiles.input)} is not what a game day is held by`,
      {
        hint: 'it was changed by somebody else, or written by another version',
      },
    );
  const { entries, torn } = await readFileLog(join(folder, gameDayFiles.log));
  return { edition, record: { input, entries }, ...(torn === undefined ? {} : { torn }) };
}

/** All of it as it is now. @throws where nobody answers who knows the secret */
async function readRecord(control: ControlFile): Promise<GameDayRecord> {
  return recordSchema.parse(await askControl(control, controlPaths.record));
}

/**
 * Asks the process that holds an edition.
 *
 * @param wanted is posted, where it is given
 * @throws SteadfastError `cannot-begin` where it does not answer, `invalid` with its words where it refuses
 */
export async function askControl(
  { url, token, pid }: ControlFile,
  path: string,
  wanted?: unknown,
): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}` };
  const sent = wanted === undefined ? {} : { method: 'POST', body: JSON.stringify(wanted) };
  let answer: { readonly ok: boolean; readonly body: string };
  try {
    const response = await fetch(`${url}${path}`, {
      ...sent,
      headers,
      signal: AbortSignal.timeout(answersWithinMs),
    });
    answer = { ok: response.ok, body: await response.text() };
  } catch (cause) {
    throw new SteadfastError('cannot-begin', `process ${pid}, which holds the rehearsal, does not answer`, {
      hint: 'see whether it still runs; when it has died, its lab is gone with it',
      cause,
    });
  }
  if (answer.ok) return JSON.parse(answer.body);
  const refused = z.pipe(jsonText, z.object({ error: z.string() })).safeParse(answer.body).data;
  throw new SteadfastError('invalid', refused?.error ?? `the rehearsal does not understand: ${answer.body}`);
}
