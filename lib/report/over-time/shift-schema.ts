import * as z from 'zod/mini';
import { count, maybe, text, told } from '../described.ts';

const shareSchema = z.strictObject({
  told: count('Runs that say how the system fared: held, deviated and unrecovered.'),
  held: count('Those of them that held.'),
  low: told('The true share that holds is surely no less, from 0 to 1.', z.number()),
  high: told('The true share that holds is surely no more, from 0 to 1.', z.number()),
});

/** Whether runs held more often in a later time than in an earlier one. */
export const heldShiftSchema = z.strictObject({
  earlier: told('The earlier time.', shareSchema),
  later: told('The later time.', shareSchema),
  change: told(
    '`unknown`: the runs are too few to say whether it is more than luck.',
    z.enum(['worse', 'better', 'unknown']),
  ),
  reason: text('The same as a sentence.'),
});

const medianSchema = z.strictObject({
  runs: count('Runs after which it was looked for.'),
  median: maybe('Seconds; absent where half of them or more did not come back.', z.number()),
  low: maybe('The true median is surely no less; absent where there are too few runs.', z.number()),
  high: maybe('The true median is surely no more; absent where there are too few runs.', z.number()),
});

/** Whether steady state came back sooner in a later time than in an earlier one. */
export const recoveryShiftSchema = z.strictObject({
  earlier: told('The earlier time.', medianSchema),
  later: told('The later time.', medianSchema),
  change: told(
    '`unknown`: the runs are too few to say whether it is more than luck.',
    z.enum(['worse', 'better', 'unknown']),
  ),
  reason: text('The same as a sentence.'),
});

export type HeldShift = z.output<typeof heldShiftSchema>;
export type RecoveryShift = z.output<typeof recoveryShiftSchema>;
