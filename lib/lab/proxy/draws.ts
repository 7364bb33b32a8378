import type { Random } from '../../run/ports.ts';
import { seededRandom } from '../../run/seeded-random.ts';

/** Spreads a number over 32 bits, so that neighbours have nothing in common: MurmurHash3's finalizer (Austin Appleby, public domain). */
function spread(number: number): number {
  let mixed = number >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** A number for a text: FNV-1a (Fowler, Noll, Vo; public domain), spread. */
function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return spread(hash);
}

/** Random numbers for each name, all from one number of these: the same for the same name, whatever is asked for before it. */
export function randomsByName(random: Random): (name: string) => Random {
  const seed = Math.floor(random.next() * 2 ** 32);
  return (name) => seededRandom(spread(seed + numberOf(name)));
}

/** What each toxic draws on each connection of a link, by their numbers. */
export type Draws = (connection: number, toxic: number) => Random;

/**
 * Derives the draws of a link from one number of its random numbers. What one connection draws depends on its own number and nothing
 * else: neither on what other connections draw meanwhile nor on when.
 */
export function drawsOf(random: Random): Draws {
  const seed = Math.floor(random.next() * 2 ** 32);
  return (connection, toxic) => seededRandom(spread(spread(seed + connection) + toxic));
}
