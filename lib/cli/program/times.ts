import { InvalidArgumentError } from '@commander-js/extra-typings';

/** A thousand rehearsals take a day: more is a slip of the finger. */
const most = 1_000;

/** Reads how many, or how often. */
export function times(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > most)
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${most}.`);
  return number;
}
