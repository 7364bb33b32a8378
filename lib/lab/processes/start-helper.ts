import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { Clock } from '../../run/ports.ts';
import { cannotBegin, exitText, type ManagedProcess } from './managed-process.ts';
import type { OwnedProcesses } from './owned-processes.ts';

/** What a helper tells once it listens. */
const readySchema = z.strictObject({ ready: z.strictObject({ port: z.number().int().positive() }) });
export type Ready = z.output<typeof readySchema>;

/** The file beside `importMetaUrl` with its extension: `.ts` in the sources, `.js` in the compiled package. */
export const siblingFile = (importMetaUrl: string, name: string): string =>
  fileURLToPath(new URL(`./${name}${extname(new URL(importMetaUrl).pathname)}`, importMetaUrl));

/** How long a helper may take to listen: PostgreSQL takes two to six seconds, more on a loaded machine. */
const readyWithinMs = 60_000;

/**
 * Starts a helper of our own (a database, a balancer) and waits until it says on which port it listens.
 *
 * @throws SteadfastError `cannot-begin` when it ends before, or takes too long, with the end of its log
 */
export async function startHelper(
  processes: OwnedProcesses,
  options: {
    readonly name: string;
    readonly file: string;
    readonly settings: unknown;
    readonly folder: string;
  },
  clock: Clock,
): Promise<{ readonly managed: ManagedProcess; readonly port: number }> {
  const managed = await processes.start({
    name: options.name,
    command: ['node', options.file, JSON.stringify(options.settings)],
    folder: options.folder,
    helper: true,
  });
  const waited = new AbortController();
  const ready = new Promise<number>((resolve) => {
    managed.onMessage((message) => {
      const told = readySchema.safeParse(message);
      if (told.success) resolve(told.data.ready.port);
    });
  });
  const died = managed.exited.then((exit) => {
    throw cannotBegin(`${options.name} ended with ${exitText(exit)} before it was ready`, managed.logFile);
  });
  const late = clock.sleep(readyWithinMs, waited.signal).then(() => {
    throw cannotBegin(`${options.name} was not ready within ${readyWithinMs / 1_000} s`, managed.logFile);
  });
  late.catch(() => undefined); // Ends the sleep without a word once the race is over.
  try {
    return { managed, port: await Promise.race([ready, died, late]) };
  } finally {
    waited.abort();
    // It ends some day: that is no failure of its start any more.
    died.catch(() => undefined);
  }
}
