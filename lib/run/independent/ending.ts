import * as z from 'zod';
import { rollbackResultSchema } from '../journal.ts';

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
  /** The FIS experiments that were stopped. */
  stopped: z.array(z.string()).default([]),
  /** When the last of its faults was seen to have ended; absent until then. */
  faultsEndedMs: z.number().optional(),
  /** The last try of each rollback. */
  rollbacks: z.record(z.string(), rollbackResultSchema).default({}),
  /** Why traffic could not be stopped; absent where it was, or there was none. */
  trafficProblem: z.string().optional(),
  /** Who has been told: nobody is told twice. */
  told: z.array(z.enum(['people', 'systems'])).default([]),
  /** When it was first ready to be recorded: whoever retries says the same. */
  endMs: z.number().optional(),
});

export type Ending = z.output<typeof endingSchema>;
