import * as z from 'zod/mini';

/** What a run is within a game day. */
export const gameDayOfRunSchema = z.strictObject({
  edition: z.string().check(z.minLength(1), z.describe('The edition: one time that the game day was held.')),
  stage: z.int().check(z.positive(), z.describe('The stage of the game day, the first is 1.')),
  attempt: z
    .int()
    .check(z.positive(), z.describe('Which run of that stage it was in the edition, the first is 1.')),
});

export type GameDayOfRun = z.output<typeof gameDayOfRunSchema>;
