import type { Clock } from './ports.ts';

/** The time by which others date what they write: calendars, schedules. */
export const timeOfDay = (clock: Clock): number => clock.timeOfDay?.() ?? clock.now();
