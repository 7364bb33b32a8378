import { iso } from '../iso.ts';
import { timeOfDay } from '../time-of-day.ts';
import type { Check, CheckResult } from './check.ts';

/**
 * How far a start may be from its time, its flexible window aside: EventBridge Scheduler tries for five minutes at most
 * (lib/plan/scheduled-start.ts), and clocks may be off by as much in either direction.
 */
const toleranceMs = 5 * 60_000;

/** A run that a schedule starts begins when people expect it. */
export const checkStartTime: Check = async ({ ports, input }) => {
  const base = { check: 'start-time', rejection: 'outdated' } as const;
  const { scheduled, flexibleWindowMs = 0 } = input;
  if (scheduled === undefined)
    return { ...base, passed: true, evidence: 'no schedule started it, so it has no time to keep' };
  const dueMs = Date.parse(scheduled.time);
  const hint =
    'Nothing was done. Start it by hand where it is still wanted; else the next one comes by itself.';
  if (Number.isNaN(dueMs))
    return { ...base, passed: false, evidence: `its scheduled time '${scheduled.time}' is no time`, hint };
  return { ...base, ...punctual(timeOfDay(ports.clock), dueMs, flexibleWindowMs, hint) };
};

function punctual(
  now: number,
  dueMs: number,
  windowMs: number,
  hint: string,
): Pick<CheckResult, 'evidence' | 'hint' | 'passed'> {
  const tolerated = `${toleranceMs / 60_000} minutes`;
  const window = windowMs === 0 ? '' : `a window of ${windowMs / 60_000} minutes and `;
  const times = `it was to start at ${iso(dueMs)}, and it is ${iso(now)} now`;
  if (now < dueMs - toleranceMs) {
    return {
      passed: false,
      evidence: `${times}: more than ${tolerated} too early`,
      hint: 'A clock is wrong, or somebody gave it a time that is yet to come: start it without one.',
    };
  }
  if (now <= dueMs + windowMs + toleranceMs)
    return { passed: true, evidence: `${times}, which is within ${window}${tolerated}` };
  return { passed: false, evidence: `${times}: later than ${window}${tolerated} allow`, hint };
}
