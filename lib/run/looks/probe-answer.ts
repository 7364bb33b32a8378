import * as z from 'zod/mini';

/** What a function answers that looks for a probe: at least one of these. */
export const probeAnswerSchema = z
  .strictObject({
    latencyMs: z.optional(z.number().check(z.nonnegative())),
    status: z.optional(z.int().check(z.minimum(100), z.maximum(599))),
    value: z.optional(z.number()),
    error: z.optional(z.string().check(z.minLength(1))),
  })
  .check(z.refine((answer) => Object.keys(answer).length > 0, { error: 'says nothing' }));
