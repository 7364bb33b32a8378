import { SteadfastError } from '../../experiment/steadfast-error.ts';

const pattern =
  /^P(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const unitsMs = [86_400_000, 3_600_000, 60_000, 1_000] as const;

/**
 * Milliseconds of an ISO 8601 duration of days, hours, minutes and seconds, such as `PT2M` or `PT3.6S`.
 *
 * @throws SteadfastError `invalid` for anything else
 */
export function isoDurationMs(text: string): number {
  const parts = pattern.exec(text)?.slice(1);
  if (parts === undefined || parts.every((part) => part === undefined)) {
    throw new SteadfastError('invalid', `'${text}' is no ISO 8601 duration`, {
      hint: 'write PT30S, PT2M or PT1H',
    });
  }
  return unitsMs.reduce((sum, unitMs, index) => sum + Number(parts[index] ?? 0) * unitMs, 0);
}
