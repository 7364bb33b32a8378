import * as z from 'zod/mini';
import { type Entry, entrySchema } from './entry.ts';
import { type GameDayInput, gameDayInputSchema } from './input.ts';

/**
 * A part of the record of an edition, such as fits into an answer of a function: what it was begun with comes with the first. `next`: the
 * entries after this number are still to be asked for.
 */
export const recordPageSchema = z.object({
  input: z.optional(gameDayInputSchema),
  entries: z.array(entrySchema),
  next: z.optional(z.number()),
});

export type RecordPage = z.output<typeof recordPageSchema>;

/** An answer of a function has 6 MB at most (Lambda quotas), with what is escaped in it once more. */
const largestPage = 2_000_000;

/** The page of entries after a number; at least one where there are any. */
export function pageOf(
  { input, entries }: { readonly input: GameDayInput; readonly entries: readonly Entry[] },
  after: number,
  largest = largestPage,
): RecordPage {
  const page: Entry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    bytes += Buffer.byteLength(JSON.stringify(entry));
    if (bytes > largest && page.length > 0) break;
    page.push(entry);
  }
  const last = page.at(-1);
  return {
    ...(after === 0 ? { input } : {}),
    entries: page,
    ...(page.length < entries.length && last !== undefined ? { next: last.number } : {}),
  };
}
