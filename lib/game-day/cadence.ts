/** How often a game day takes place, in months. */
const months = { monthly: 1, quarterly: 3 } as const;

/** How often a game day takes place, and when it was last held. */
export interface Held {
  readonly cadence: keyof typeof months;
  readonly lastMs: number;
}

/** When a game day is due: a period after it was last held. */
export function dueMs({ cadence, lastMs }: Held): number {
  const due = new Date(lastMs);
  const day = due.getUTCDate();
  due.setUTCDate(1);
  due.setUTCMonth(due.getUTCMonth() + months[cadence]);
  // The 31st of a month that has 30 days is its 30th.
  const longest = new Date(Date.UTC(due.getUTCFullYear(), due.getUTCMonth() + 1, 0)).getUTCDate();
  due.setUTCDate(Math.min(day, longest));
  return due.getTime();
}
