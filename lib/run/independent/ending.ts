import * as z from 'zod/mini';

/** The last try of a rollback, as the journal has it; its own schema would bring all of the journal's with it. */
const rollbackSchema = z.object({
  name: z.string(),
  result: z.enum(['proven', 'failed', 'unproven']),
  detail: z.string(),
  proof: z.optional(z.string()),
  at: z.string(),
});

/**
 * How far the end of a dead run has come. It is kept beside the run's ledger, so that each sweep goes on where the last one was cut
 * off.
 */
export const endingSchema = z.object({
  /** When the run was first found dead. */
  sinceMs: z.number(),
  /** `person`: somebody ended it. `steadfast`: Steadfast died. */
  by: z.enum(['person', 'steadfast']),
  /** As a sentence. */
  how: z.string(),
  /** The run's FIS experiments that were known, but for previews, before its rollbacks were carried out. */
  seen: z._default(z.array(z.string()), []),
  /** The FIS experiments that were stopped. */
  stopped: z._default(z.array(z.string()), []),
  /** When the last of its faults was seen to have ended; absent until then. */
  faultsEndedMs: z.optional(z.number()),
  /** The last try of each rollback. */
  rollbacks: z._default(z.record(z.string(), rollbackSchema), {}),
  /** Why traffic could not be stopped; absent where it was, or there was none. */
  trafficProblem: z.optional(z.string()),
  /** Who has been told: nobody is told twice. */
  told: z._default(z.array(z.enum(['people', 'systems'])), []),
  /** When it was first ready to be recorded: whoever retries says the same. */
  endMs: z.optional(z.number()),
});

export type Ending = z.output<typeof endingSchema>;
