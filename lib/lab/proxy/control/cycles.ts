import { meet, readAddress } from './addresses.ts';

interface Way {
  readonly name: string;
  readonly listen: string;
  readonly upstream: string;
}

/**
 * The names along a way that comes back to where it began: `database`, `cache`, `database`. Undefined where there is none, as far as
 * the addresses tell.
 */
export function cycleOf(from: Way, others: readonly Way[]): readonly string[] | undefined {
  const all = [from, ...others.filter(({ name }) => name !== from.name)];
  const names = [from.name];
  let way = from;
  while (names.length <= all.length) {
    const to = readAddress(way.upstream);
    const next = all.find(({ listen }) => {
      const at = readAddress(listen);
      return to !== undefined && at !== undefined && at.port !== 0 && meet(at, to);
    });
    if (next === undefined) return undefined;
    names.push(next.name);
    if (next.name === from.name) return names;
    way = next;
  }
  return undefined;
}
