import * as z from 'zod/mini';

export const onlySchema = z.strictObject({
  stage: z.int().check(z.positive(), z.describe('The stage of the definition that ran, the first is 1.')),
  of: z.int().check(z.positive(), z.describe('How many it has.')),
});

/** That a run is of one stage of its experiment alone. */
export type Only = z.output<typeof onlySchema>;
