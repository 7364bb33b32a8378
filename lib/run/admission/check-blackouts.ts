import { blackoutAt, firstBlackoutIn } from '../../plan/blackouts.ts';
import { iso } from '../iso.ts';
import { runLengthMs } from '../run-length.ts';
import { timeOfDay } from '../time-of-day.ts';
import type { Check } from './check.ts';

/** No blackout of the environment is on, nor begins before this run would be over. */
export const checkBlackouts: Check = async (context) => {
  const { blackouts } = context.input;
  const base = { check: 'blackout', rejection: 'blackout' } as const;
  const now = timeOfDay(context.ports.clock);
  const current = blackoutAt(blackouts, now);
  if (current !== undefined) {
    const { toMs, reason } = current;
    return {
      ...base,
      passed: false,
      evidence: `a blackout is on until ${iso(toMs)}: ${reason}`,
      hint: `Start it again after ${iso(toMs)}.`,
    };
  }
  const endMs = now + runLengthMs(context);
  const next = firstBlackoutIn(blackouts, now, endMs);
  if (next !== undefined) {
    return {
      ...base,
      passed: false,
      evidence: `this run would end at ${iso(endMs)}, and a blackout begins at ${iso(next.fromMs)}: ${next.reason}`,
      hint: `Start it so that it is over by then, or after ${iso(next.toMs)}.`,
    };
  }
  return {
    ...base,
    passed: true,
    evidence: `none of ${blackouts.length} blackouts is on, or begins before ${iso(endMs)}, when this run would end`,
  };
};
