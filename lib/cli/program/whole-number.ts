import { InvalidArgumentError } from '@commander-js/extra-typings';

const largest = 0xffff_ffff;

/** Reads a seed. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number > largest)
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${largest}.`);
  return number;
}
