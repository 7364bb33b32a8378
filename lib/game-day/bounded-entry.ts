import { type Entry, entrySchema } from './entry.ts';

/** What a store takes of one entry: 99 of them in a transaction of 4 MB (DynamoDB quotas), and far below the 400 kB of an item. */
const mostBytes = 40_000;

/** How long texts, and how many of a list, are kept: the first that is small enough. */
const limits = [
  { characters: 10_000, items: 500 },
  { characters: 1_000, items: 30 },
  { characters: 100, items: 10 },
] as const;

/** An entry as small as a store takes it. What people write is shorter; what services tell is cut, and says so by its last character. */
export function boundedEntry(entry: Entry): Entry {
  let bounded = entry;
  for (const { characters, items } of limits) {
    if (Buffer.byteLength(JSON.stringify(bounded)) <= mostBytes) break;
    const cut = (_key: string, value: unknown): unknown => {
      if (typeof value === 'string')
        return value.length > characters ? `${value.slice(0, characters - 1)}…` : value;
      return Array.isArray(value) ? value.slice(0, items) : value;
    };
    bounded = entrySchema.parse(JSON.parse(JSON.stringify(entry), cut));
  }
  return bounded;
}
