import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../experiment/steadfast-error.ts';
import { exitCodes } from '../../experiment/verdict.ts';
import { siblingFile } from '../../lab/processes/start-helper.ts';
import { runFiles } from '../../rehearsal/file-run-store.ts';
import { type Journal, journalSchema } from '../../run/journal.ts';
import { type Failure, newsSchema, type Order, type Settings, type Told } from './messages.ts';

/** How a rehearsal in a process of its own ended: with its record, or why there is none. */
export type Ended =
  | { readonly journal: Journal }
  | { readonly failure: Failure }
  /** It was ended at once, in the middle of its fault. */
  | { readonly endedAtOnce: true };

/** A rehearsal under way in a process of its own. */
export interface Led {
  /** Never rejects. */
  readonly ended: Promise<Ended>;
  /** Ends it in order, as Ctrl-C does; a second time at once. */
  halt(reason: string): void;
}

export type StartRehearsal = (settings: Settings, onEvent: (event: Told) => void) => Led;

/** As much of what a process said last as helps to see why it died, in characters. */
const lastWords = 2_000;

/** Starts a rehearsal in a process of its own, which ends with this one however this one ends. */
export const startRehearsal: StartRehearsal = (settings, onEvent) => {
  const child = fork(siblingFile(import.meta.url, 'rehearsal-child'), [JSON.stringify(settings)], {
    cwd: settings.cwd,
    // In a group of its own: a terminal sends its Ctrl-C to the whole group, also to a process that is too young to hear signals.
    detached: true,
    stdio: settings.shows ? ['ignore', 'inherit', 'inherit', 'ipc'] : ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-lastWords);
  });
  return {
    ended: endOf(child, settings, onEvent, () => said).catch(
      (cause: unknown): Ended => failed(`the rehearsal cannot be followed: ${messageOf(cause)}`),
    ),
    halt: (reason) => {
      // Between the look and the sending it may end: then there is nothing left to halt.
      if (child.connected) child.send({ kind: 'halt', reason } satisfies Order, () => undefined);
    },
  };
};

const failed = (message: string): Ended => ({ failure: { code: 'internal', message } });

function endOf(
  child: ChildProcess,
  settings: Settings,
  onEvent: (event: Told) => void,
  said: () => string,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let ended: (() => Promise<Ended>) | undefined;
    child.on('message', (message) => {
      const news = newsSchema.safeParse(message).data;
      switch (news?.kind) {
        case 'progress':
          onEvent(news.event);
          break;
        case 'concluded':
          ended = async () => ({ journal: await journalIn(settings.out) });
          break;
        case 'failed':
          ended = async () => ({ failure: news.failure });
          break;
        case undefined:
      }
    });
    child.once('error', (cause) => resolve(failed(`the rehearsal did not start: ${cause.message}`)));
    // Its streams are read to their end by then.
    child.once('close', (code, signal) => {
      if (ended === undefined && code === exitCodes.unrecovered) {
        resolve({ endedAtOnce: true });
        return;
      }
      const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
      const words = said().trim();
      const why = `the process of the rehearsal ended with ${how}${words === '' ? '' : `:\n${words}`}`;
      (ended?.() ?? Promise.resolve(failed(why))).then(resolve, reject);
    });
  });
}

const journalIn = async (folder: string): Promise<Journal> =>
  journalSchema.parse(JSON.parse(await readFile(join(folder, runFiles.journal), 'utf8')));
