import * as z from 'zod/mini';

const onceSchema = z.strictObject({ from: z.string(), until: z.string(), reason: z.string() });

/** `lastsMs` is by the clock on the wall, and never shorter than that. */
const recurringSchema = z.strictObject({
  cron: z.string(),
  timeZone: z.string(),
  lastsMs: z.number().check(z.positive()),
  reason: z.string(),
});

/** A blackout as a plan holds it. */
export const planBlackoutSchema = z.union([onceSchema, recurringSchema]);

export type PlanBlackout = z.output<typeof planBlackoutSchema>;
