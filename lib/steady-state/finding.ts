import * as z from 'zod/mini';
import { rejectionSchema, verdictSchema } from '../experiment/verdict.ts';

/** Something that bears on the verdict. */
export const findingSchema = z.strictObject({
  code: z
    .string()
    .check(z.describe('Stable, in kebab-case: `tolerance-missed`, `no-bite`, `not-recovered`.')),
  verdict: verdictSchema.check(z.describe('The verdict that this finding alone would give.')),
  message: z.string().check(z.describe('What was found, as a sentence.')),
  rejection: z.optional(rejectionSchema).check(z.describe('For `rejected`: why the run never started.')),
  stage: z.optional(z.int()).check(z.describe('The stage it belongs to, counted from 0.')),
  probe: z.optional(z.string()).check(z.describe('The probe it belongs to.')),
  at: z.optional(z.string()).check(z.describe('When it was found (ISO 8601, UTC).')),
  hint: z.optional(z.string()).check(z.describe('How to mend it, or where to look.')),
});

export type Finding = z.output<typeof findingSchema>;
