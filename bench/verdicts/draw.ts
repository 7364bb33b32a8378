import type { Random } from '../../lib/run/ports.ts';
import { seededRandom } from '../../lib/run/seeded-random.ts';

/** Draws from a seed: the same seed gives the same numbers. */
export interface Draw {
  /** Evenly between two numbers. */
  between(from: number, to: number): number;
  /** Evenly between two numbers' logarithms: as often from 10 to 20 as from 100 to 200. */
  acrossScales(from: number, to: number): number;
  whole(from: number, to: number): number;
  oneOf<T>(several: readonly [T, ...T[]]): T;
  /** True with this probability. */
  chance(share: number): boolean;
  /** A standard normal number (Box and Muller, 1958). */
  normal(): number;
}

/** FNV-1a, so that streams of different names have nothing to do with each other. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** What a name and a seed draw. */
export const drawFor = (name: string, seed: number): Draw =>
  drawFrom(seededRandom(hashOf(`${name}/${seed}`)));

function drawFrom(random: Random): Draw {
  const between = (from: number, to: number) => from + (to - from) * random.next();
  let spare: number | undefined;
  return {
    between,
    acrossScales: (from, to) => Math.exp(between(Math.log(from), Math.log(to))),
    whole: (from, to) => Math.floor(between(from, to + 1)),
    oneOf: (several) => several[Math.floor(random.next() * several.length)] ?? several[0],
    chance: (share) => random.next() < share,
    normal() {
      if (spare !== undefined) {
        const kept = spare;
        spare = undefined;
        return kept;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
      const angle = 2 * Math.PI * random.next();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
  };
}
