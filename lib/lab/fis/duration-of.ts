import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { isoDurationMs } from './iso-duration.ts';

/**
 * How long an action lasts, in milliseconds.
 *
 * @throws SteadfastError `invalid` where its parameter is not there, or no duration
 */
export function durationMsOf(
  action: string,
  parameters: Readonly<Record<string, string>>,
  parameter = 'duration',
): number {
  const text = parameters[parameter];
  if (text === undefined) throw new SteadfastError('invalid', `${action} needs its parameter '${parameter}'`);
  return isoDurationMs(text);
}

/**
 * A whole number of a parameter.
 *
 * @throws SteadfastError `invalid` for anything else
 */
export function wholeNumberOf(
  action: string,
  text: string,
  what: string,
  [least, most]: readonly [number, number],
) {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new SteadfastError('invalid', `${action}: '${text}' is no ${what} from ${least} to ${most}`);
}
