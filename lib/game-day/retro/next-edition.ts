import type { GameDayInput } from '../input.ts';

/** Months between two editions. */
const months = { monthly: 1, quarterly: 3 } as const;

const dayOf = (time: Date): string => time.toISOString().slice(0, 10);

/** The day by which the next edition is due: the same day of a later month, or its last; undefined where there is no cadence. */
export function nextEditionBy(beganAt: string, cadence: GameDayInput['cadence']): string | undefined {
  if (cadence === undefined) return undefined;
  const began = new Date(beganAt);
  const [year, month] = [began.getUTCFullYear(), began.getUTCMonth() + months[cadence]];
  // Day 0 of a month is the last one of the month before.
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return dayOf(new Date(Date.UTC(year, month, Math.min(began.getUTCDate(), lastDay))));
}

/** Whether it is a day of the calendar, such as `2026-05-31`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && dayOf(time) === text;
}
