import type { Check } from './check.ts';
import { checkBlackouts } from './check-blackouts.ts';
import { checkCapacity } from './check-capacity.ts';
import { checkFreezes } from './check-freezes.ts';
import { checkHalts } from './check-halts.ts';
import { checkIncidents } from './check-incidents.ts';
import { checkListed } from './check-listed.ts';
import { checkPause } from './check-pause.ts';
import { checkSafetyLever } from './check-safety-lever.ts';
import { checkStartTime } from './check-start-time.ts';

/**
 * Whether a run may start now at all, in the order in which it is asked: what people have forbidden, what has become of its time, and
 * whether there is a place. None changes anything.
 */
export const gates: readonly Check[] = [
  checkHalts,
  checkSafetyLever,
  checkPause,
  checkListed,
  checkStartTime,
  checkBlackouts,
  checkFreezes,
  checkIncidents,
  checkCapacity,
];

/** The same of a run that waited for an approval: how late it is now is its own affair. */
export const gatesAfterWait: readonly Check[] = gates.filter((check) => check !== checkStartTime);
