import * as z from 'zod/mini';
import { text } from '../described.ts';

/** A run that is there and could not be read: it counts for nothing, and is told of. */
export const unreadableSchema = z.strictObject({
  what: text('Its file, or where else it lies.'),
  why: text('Why it could not be read.'),
});

export type Unreadable = z.output<typeof unreadableSchema>;
