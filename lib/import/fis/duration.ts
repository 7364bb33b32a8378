import { durationFromMs } from '../../fis/quantity.ts';

const iso =
  /^P(?=.)(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})(?:\.(\d{1,3}))?S)?)?$/;

/** A definition takes no longer duration. */
const longestMs = 366 * 86_400_000;

/** The milliseconds of an ISO 8601 duration such as `PT5M`; undefined for anything else, and for what is longer than a year. */
export function msOfIso(text: string): number | undefined {
  const match = iso.exec(text);
  if (match === null) return undefined;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0', rest = ''] = match;
  const whole = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  const ms = whole * 1_000 + Number(rest.padEnd(3, '0'));
  return ms <= longestMs ? ms : undefined;
}

/** A duration as a definition writes it; undefined for one that is longer than a year, as definitions take none. */
export const durationText = (ms: number): string | undefined =>
  ms <= longestMs ? durationFromMs(ms).text : undefined;
