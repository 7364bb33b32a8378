import * as z from 'zod/mini';
import { count } from '../described.ts';

/** How many runs say what. */
export const countsSchema = z.strictObject({
  runs: count('All runs that ended.'),
  experiments: count('How many experiments they are of.'),
  held: count('Runs in which the system held.'),
  notHeld: count('Runs in which it did not: deviated or unrecovered.'),
  open: count('Runs that say nothing either way: inconclusive or halted.'),
  notRun: count('Runs that never got that far: rejected or errored.'),
});
