import { parseDuration } from '../fis/quantity.ts';

/** A time of the table of defaults, in milliseconds. */
export const defaultMs = (text: string): number => parseDuration(text)?.ms ?? 0;
