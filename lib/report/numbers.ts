/** `Math.min` of a list that may be too long to be spread into arguments; Infinity when it is empty. */
export const lowest = (numbers: readonly number[]): number =>
  numbers.reduce((low, number) => Math.min(low, number), Number.POSITIVE_INFINITY);

/** `Math.max` of a list that may be too long to be spread into arguments; -Infinity when it is empty. */
export const highest = (numbers: readonly number[]): number =>
  numbers.reduce((high, number) => Math.max(high, number), Number.NEGATIVE_INFINITY);

/** The middle one; undefined when the list is empty. */
export function median(numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
