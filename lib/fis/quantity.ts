import * as z from 'zod';

/**
 * Quantities as people write them in a definition (`'500ms'`, `'50%'`, `'20/s'`), and what they mean.
 * The text is kept beside the number, so that output can say back what was written.
 */

/** A length of time: its milliseconds, and the text it was written as. */
export interface Duration {
  readonly ms: number;
  readonly text: string;
}

/** A share between 0 and 1, and the text it was written as. */
export interface Percentage {
  readonly ratio: number;
  readonly text: string;
}

/** An arrival rate, and the text it was written as. */
export interface Rate {
  readonly perSecond: number;
  readonly text: string;
}

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

type DurationText = `${number}${keyof typeof unitMs}`;
type PercentageText = `${number}%`;
type RateText = `${number}/${'s' | 'm'}`;

const durationPattern = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;
const percentagePattern = /^(\d+(?:\.\d+)?)%$/;
const ratePattern = /^(\d+(?:\.\d+)?)\/(s|m)$/;

/**
 * The longest duration that means anything here: FIS ends an experiment after 12 hours, CloudWatch keeps metrics 15 months.
 * It also keeps every sum of times far within what a date can hold.
 */
const longestMs = 366 * unitMs.d;

const isUnit = (text: string): text is keyof typeof unitMs => Object.hasOwn(unitMs, text);

/** Reads `'500ms'`, `'2s'`, `'1.5m'`, `'12h'` or `'1d'`; undefined when it is none, or longer than a year. */
export function parseDuration(text: string): Duration | undefined {
  const [, number, unit] = durationPattern.exec(text) ?? [];
  if (number === undefined || unit === undefined || !isUnit(unit)) return undefined;
  const ms = Number(number) * unitMs[unit];
  return ms <= longestMs ? { ms, text } : undefined;
}

/** Reads `'10%'`, from 0 to 100; undefined when it is none. */
export function parsePercentage(text: string): Percentage | undefined {
  const [, number] = percentagePattern.exec(text) ?? [];
  if (number === undefined || Number(number) > 100) return undefined;
  return { ratio: Number(number) / 100, text };
}

/** A percentage as the number that was written: `'12.5%'` is 12.5 (a ratio times 100 would not be exact). */
export const percentOf = (percentage: Percentage) => Number.parseFloat(percentage.text);

/** Reads `'50/s'` or `'30/m'`, above 0; undefined when it is none. */
export function parseRate(text: string): Rate | undefined {
  const [, number, unit] = ratePattern.exec(text) ?? [];
  if (number === undefined) return undefined;
  const perSecond = Number(number) / (unit === 'm' ? 60 : 1);
  return perSecond > 0 && Number.isFinite(perSecond) ? { perSecond, text } : undefined;
}

/** Writes milliseconds in the largest unit that stays exact: 90000 becomes `'90s'`, 120000 `'2m'`. */
export function durationFromMs(ms: number): Duration {
  if (ms === 0) return { ms, text: '0s' };
  const unit = (['d', 'h', 'm', 's'] as const).find((u) => ms % unitMs[u] === 0) ?? 'ms';
  return { ms, text: `${ms / unitMs[unit]}${unit}` };
}

/**
 * The ISO 8601 form that FIS asks for: 90000 becomes `PT90S`, 120000 `PT2M`. Exact to the millisecond (3600 becomes
 * `PT3.6S`), which a lab's pace needs; FIS itself takes whole seconds only, and a plan for AWS refuses others.
 */
export function isoDuration(ms: number): string {
  const seconds = Math.round(ms) / 1_000;
  if (seconds !== 0 && seconds % 3_600 === 0) return `PT${seconds / 3_600}H`;
  return seconds !== 0 && seconds % 60 === 0 ? `PT${seconds / 60}M` : `PT${seconds}S`;
}

/**
 * Marks an issue as one of a text that is no quantity: where a definition may also hold a map there, the map was never meant
 * to be this text.
 */
export const quantityIssue = { code: 'quantity', candidates: [] };

/** A text that `parse` reads, in the input typed as it is to be written. */
function quantity<Text extends string, Read>(
  parse: (text: string) => Read | undefined,
  { name, how }: { readonly name: string; readonly how: string },
  meta: { readonly pattern: RegExp; readonly examples: readonly string[] },
) {
  return z
    .custom<Text>((value) => typeof value === 'string' && parse(value) !== undefined, {
      error: ({ input }) => `${input === undefined ? 'is missing' : `${show(input)} is no ${name}`}: ${how}`,
      params: quantityIssue,
    })
    .meta({ type: 'string', pattern: meta.pattern.source, examples: [...meta.examples] })
    .transform((text): Read => {
      const read = parse(text);
      if (read === undefined) throw new TypeError(`${text} was accepted and cannot be read`);
      return read;
    });
}

const howToWriteDuration = "write a number and a unit, such as '500ms', '2s', '5m' or '1h', at most a year";

const durationExamples = ['500ms', '2s', '5m', '1h'];

/** Schema of a duration such as `'500ms'`, `'2s'`, `'5m'`, `'1h'`. */
export const duration = () =>
  quantity<DurationText, Duration>(
    parseDuration,
    { name: 'duration', how: howToWriteDuration },
    { pattern: durationPattern, examples: durationExamples },
  );

/** Schema of a duration that is longer than nothing. */
export const positiveDuration = () =>
  quantity<DurationText, Duration>(
    (text) => {
      const read = parseDuration(text);
      return read !== undefined && read.ms > 0 ? read : undefined;
    },
    { name: 'duration above 0', how: howToWriteDuration },
    { pattern: durationPattern, examples: durationExamples },
  );

/** Schema of a percentage from 0 to 100 such as `'1%'`. */
export const percentage = () =>
  quantity<PercentageText, Percentage>(
    parsePercentage,
    { name: 'percentage', how: "write a number from 0 to 100 and '%', such as '1%'" },
    { pattern: percentagePattern, examples: ['1%', '50%'] },
  );

/** Schema of an arrival rate such as `'50/s'` or `'30/m'`. */
export const rate = () =>
  quantity<RateText, Rate>(
    parseRate,
    { name: 'rate', how: "write a number above 0 a second or minute, such as '50/s' or '30/m'" },
    { pattern: ratePattern, examples: ['50/s', '30/m'] },
  );

/** A value as an error message shows it: short, quoted as it would be written. Never throws, whatever code exports. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? `'${value}'` : dataText(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function dataText(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  try {
    return JSON.stringify(value) ?? `a ${typeof value}`;
  } catch {
    return typeof value === 'object' ? 'an object' : `a ${typeof value}`; // one in a circle, or a bigint
  }
}
