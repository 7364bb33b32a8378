import * as z from 'zod/mini';

/** Why a fault was ended early, as a run's state carries it: without the samples, which would make every step's state grow. */
export const haltSchema = z.strictObject({
  by: z
    .enum(['watch', 'blind', 'guard', 'person', 'targets', 'steadfast'])
    .check(z.describe('Who or what ended the fault early.')),
  reason: z.string().check(z.describe('Why, as a sentence.')),
  at: z.iso.datetime().check(z.describe('When.')),
});
