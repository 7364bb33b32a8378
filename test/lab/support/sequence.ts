import type { Random } from '../../../lib/run/ports.ts';

/** Gives the numbers one after the other, and then from the beginning again. */
export function sequence(...numbers: readonly number[]): Random {
  let index = 0;
  return {
    next: () => {
      const number = numbers[index % numbers.length] ?? 0;
      index += 1;
      return number;
    },
  };
}
