import { longestId } from '../experiment/names.ts';

/** An id like the wanted one that nobody has: itself, else with a number; never longer than an id may be. */
export function freeId(wanted: string, taken: readonly string[]): string {
  const base = wanted.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-');
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : `-${number}`;
    const id = `${base.slice(0, longestId - ending.length).replace(/-+$/, '')}${ending}`;
    if (!taken.includes(id)) return id;
  }
}
