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

/** Reads `'500ms'`, `'2s'`, `'1.5m'`, `'12h'` or `'1d'`; undefined when it is none. */
export function parseDuration(text: string): Duration | undefined {
  const [, number, unit] = durationPattern.exec(text) ?? [];
  if (number === undefined || unit === undefined) return undefined;
  return { ms: Number(number) * unitMs[unit as keyof typeof unitMs], text };
}

/** Reads `'10%'`; undefined when it is none. */
export function parsePercentage(text: string): Percentage | undefined {
  const [, number] = percentagePattern.exec(text) ?? [];
  return number === undefined ? undefined : { ratio: Number(number) / 100, text };
}

/** Reads `'50/s'` or `'30/m'`; undefined when it is none. */
export function parseRate(text: string): Rate | undefined {
  const [, number, unit] = ratePattern.exec(text) ?? [];
  if (number === undefined) return undefined;
  return { perSecond: Number(number) / (unit === 'm' ? 60 : 1), text };
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

/** Schema of a duration such as `'500ms'`, `'2s'`, `'5m'`, `'1h'`. */
export const duration = () =>
  z
    .custom<DurationText>((value) => typeof value === 'string' && durationPattern.test(value), {
      error: (issue) =>
        `${show(issue.input)} is no duration: write a number and a unit, such as '500ms', '2s', '5m' or '1h'`,
    })
    .meta({ type: 'string', pattern: durationPattern.source, examples: ['500ms', '2s', '5m', '1h'] })
    .transform((text): Duration => {
      const [, number, unit] = durationPattern.exec(text) ?? [];
      return { ms: Number(number) * unitMs[unit as keyof typeof unitMs], text };
    });

/** Schema of a percentage from 0 to 100 such as `'1%'`. */
export const percentage = () =>
  z
    .custom<PercentageText>(
      (value) => typeof value === 'string' && Number(percentagePattern.exec(value)?.[1] ?? 'NaN') <= 100,
      {
        error: (issue) =>
          `${show(issue.input)} is no percentage: write a number from 0 to 100 and '%', such as '1%'`,
      },
    )
    .meta({ type: 'string', pattern: percentagePattern.source, examples: ['1%', '50%'] })
    .transform((text): Percentage => ({ ratio: Number(text.slice(0, -1)) / 100, text }));

/** Schema of an arrival rate such as `'50/s'` or `'30/m'`. */
export const rate = () =>
  z
    .custom<RateText>(
      (value) => typeof value === 'string' && Number(ratePattern.exec(value)?.[1] ?? 'NaN') > 0,
      {
        error: (issue) =>
          `${show(issue.input)} is no rate: write a number above 0 a second or minute, such as '50/s' or '30/m'`,
      },
    )
    .meta({ type: 'string', pattern: ratePattern.source, examples: ['50/s', '30/m'] })
    .transform((text): Rate => {
      const [, number, unit] = ratePattern.exec(text) ?? [];
      return { perSecond: Number(number) / (unit === 'm' ? 60 : 1), text };
    });

/** A value as an error message shows it: short, quoted as it would be written. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
