import * as z from 'zod';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { isoDurationMs } from './iso-duration.ts';

/** A duration of FIS, read as milliseconds. */
export const isoDurationText = () => z.string().transform(isoDurationMs);

/** A whole number as FIS hands it over. */
export const wholeNumberText = () => z.string().regex(/^\d+$/).transform(Number);

/**
 * A fault's parameters as a template hands them over, where every value is a string.
 *
 * @throws SteadfastError `invalid` for those that the plan would not have written
 */
export function readParameters<Schema extends z.ZodType>(
  id: string,
  schema: Schema,
  given: Readonly<Record<string, string>>,
): z.output<Schema> {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  throw new SteadfastError('invalid', `${id}: ${z.prettifyError(read.error)}`);
}
