import type { Random } from '../../run/ports.ts';

/** Draws `count` of the items without putting any back. */
export function sample<Item>(items: readonly Item[], count: number, random: Random): readonly Item[] {
  const left = [...items];
  return Array.from({ length: count }, () => left.splice(Math.floor(random.next() * left.length), 1)).flat();
}
