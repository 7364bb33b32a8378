import { type Entry, entrySchema } from '../../../lib/game-day/entry.ts';
import type { GameDayLog } from '../../../lib/game-day/ports.ts';
import { iso } from '../../../lib/run/iso.ts';

/** A log of editions in memory; what is written is read by its schema first, as others would read it. */
export function createMemoryLog(clock: { now(): number }): GameDayLog {
  const editions = new Map<string, readonly Entry[]>();
  return {
    read: async (edition, after = 0) => (editions.get(edition) ?? []).slice(after),
    append: async (edition, after, entries) => {
      const before = editions.get(edition) ?? [];
      if (before.length !== after) return 'conflict';
      const writtenAt = iso(clock.now());
      const more = entries.map((entry, index) =>
        entrySchema.parse({ ...entry, number: after + index + 1, writtenAt }),
      );
      editions.set(edition, [...before, ...more]);
      return 'written';
    },
  };
}
