import * as z from 'zod';
import { logicalName } from './name.ts';
import { duration, parseDuration, parsePercentage, percentage, show } from './quantity.ts';

/** What a parameter is said to be; `fallback` is what FIS takes where it is left out. */
interface Told {
  readonly what: string;
  readonly fallback?: string;
}

const told = ({ what, fallback }: Told, range = '') =>
  [what, range, fallback === undefined ? '' : `Default: ${fallback}.`].filter(Boolean).join(' ');

const isWithin = (value: number, least: number | undefined, most: number | undefined) =>
  (least === undefined || value >= least) && (most === undefined || value <= most);

const rangeError = (range: string) => `is out of range: write a value ${range}`;

/** A duration between two others, both allowed. */
export function durationIn(range: Told & { readonly least: string; readonly most: string }) {
  const [least, most] = [parseDuration(range.least)?.ms, parseDuration(range.most)?.ms];
  const words = `from ${range.least} to ${range.most}`;
  return duration()
    .refine(({ ms }) => isWithin(ms, least, most), { error: rangeError(words) })
    .describe(told(range, `${words.replace('from', 'From')}.`));
}

/** A duration of any length. */
export const anyDuration = (what: Told) => duration().describe(told(what));

/** A percentage between two others, both allowed. */
export function percentIn(range: Told & { readonly least: string; readonly most?: string }) {
  const [least, most] = [parsePercentage(range.least)?.ratio, parsePercentage(range.most ?? '100%')?.ratio];
  const words = `from ${range.least} to ${range.most ?? '100%'}`;
  return percentage()
    .refine(({ ratio }) => isWithin(ratio, least, most), { error: rangeError(words) })
    .describe(told(range, `${words.replace('from', 'From')}.`));
}

/** A whole number in a range. */
export function wholeNumber(range: Told & { readonly least: number; readonly most?: number }) {
  const words = range.most === undefined ? `${range.least} or more` : `from ${range.least} to ${range.most}`;
  return z
    .int({ error: ({ input }) => `${show(input)} is no whole number` })
    .min(range.least, { error: rangeError(words) })
    .max(range.most ?? Number.MAX_SAFE_INTEGER, { error: rangeError(words) })
    .describe(told(range, `${words.charAt(0).toUpperCase()}${words.slice(1)}.`));
}

/** One of several words. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words, what: Told) =>
  z.enum(words).describe(told(what, `One of ${words.join(', ')}.`));

export const yesOrNo = (what: Told) => z.boolean().describe(told(what));

/** Text without white space, which FIS takes in no parameter. */
export const text = (what: Told) =>
  z
    .string()
    .regex(/^\S+$/, { error: ({ input }) => `${show(input)} must not be empty, nor hold white space` })
    .describe(told(what));

const listed = () =>
  z
    .string()
    .regex(/^[^\s,]+$/, { error: ({ input }) => `${show(input)} must hold neither commas nor white space` });

/** Several texts, which FIS takes joined by commas. */
export const texts = (what: Told) => z.array(listed()).min(1).describe(told(what));

/** Several of a set of words. */
export const someOf = <const Words extends readonly [string, ...string[]]>(words: Words, what: Told) =>
  z
    .array(z.enum(words))
    .min(1)
    .describe(told(what, `Of ${words.join(', ')}.`));

/** A logical name of the environment: FIS is given what it means there. */
export const nameOf = (what: Told) => logicalName().describe(told(what));

/** Several logical names of the environment. */
export const namesOf = (what: Told) => z.array(logicalName()).min(1).describe(told(what));

/** Logical names of services: FIS is given their hosts. */
export const servicesAsHosts = (what: Told) => z.array(z.string().min(1)).min(1).describe(told(what));

/** A map that FIS takes as JSON. */
export const jsonMap = (what: Told) =>
  z
    .record(z.string(), z.unknown())
    .refine((value) => z.json().safeParse(value).success, { error: 'holds what JSON cannot' })
    .describe(told(what));

/** No parameters at all. */
export const noParameters = () => z.strictObject({}).optional();
