/** A time as Python's `isoformat` writes it in UTC: `2026-05-01T09:30:00.000000+00:00`. */
const pythonTime = (iso: string): string => new Date(iso).toISOString().replace('Z', '000+00:00');

/** From when to when, and how many seconds that is. */
export const span = (start: string, end: string) => ({
  start: pythonTime(start),
  end: pythonTime(end),
  duration: Math.max(0, Date.parse(end) - Date.parse(start)) / 1_000,
});
