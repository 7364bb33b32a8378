/** Asking is slow, and many experiments share a few zones. */
const zonesAskedFor = new Map<string, boolean>();

/** Whether the system's time zone database knows it, under this name or an older one. */
export function isTimeZone(name: string): boolean {
  const known = zonesAskedFor.get(name) ?? canFormatIn(name);
  zonesAskedFor.set(name, known);
  return known;
}

function canFormatIn(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
