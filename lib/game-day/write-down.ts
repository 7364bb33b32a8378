import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { Entry, NewEntry } from './entry.ts';
import type { GameDayLog } from './ports.ts';

/** Each conflict means that somebody else has written; so many in a row do not happen. */
const mostTries = 20;

/** So much is written at once; what is left comes with the next turn. */
const mostAtOnce = 50;

/**
 * Writes what the log does not hold yet, as whoever makes it finds the log: where somebody was quicker it is made again, so that nothing is
 * written twice.
 */
export async function writeDown(
  log: GameDayLog,
  edition: string,
  make: (entries: readonly Entry[]) => readonly NewEntry[],
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const entries = await log.read(edition);
    // The machine writes first.
    if (entries.length === 0) return;
    const more = make(entries).slice(0, mostAtOnce);
    if (more.length === 0) return;
    const isWritten = (await log.append(edition, entries.length, more)) === 'written';
    // Whatever was more than is written at once is made again, without what is there by now.
    if (isWritten) tries = -1;
  }
  throw new SteadfastError('busy', `others kept writing into the log of the game day ${edition}`, {
    hint: 'it is tried again',
  });
}
