import * as z from 'zod';

/** What is asked of a lab's PostgreSQL over its channel: to break all its connections, and to be away for a while. */
export const awaySchema = z.strictObject({
  away: z.strictObject({ id: z.int(), forMs: z.number().nonnegative() }),
});

/** What it answers, by the id: once it is away, and once it is back. */
export const toldSchema = z.union([
  z.strictObject({ isAway: z.strictObject({ id: z.int(), connections: z.int() }) }),
  z.strictObject({ isBack: z.strictObject({ id: z.int() }) }),
]);

export type Away = z.output<typeof awaySchema>;
export type Told = z.output<typeof toldSchema>;
