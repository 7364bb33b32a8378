import { Duration } from 'aws-cdk-lib';
import type * as z from 'zod';
import { type duration, durationFromMs, parseDuration, show } from '../fis/quantity.ts';

/** A length of time as a definition writes it (`'5m'`), or as CDK does. */
export type DurationLike = z.input<ReturnType<typeof duration>> | Duration;

/** A duration that a construct was given: its milliseconds and text, or why it is none. */
export type ReadDuration = { readonly ms: number; readonly text: string } | { readonly why: string };

/** Reads a duration as the language or CDK writes it. One that is known only at deployment cannot be checked, and is none. */
export function readDuration(written: unknown): ReadDuration {
  if (written instanceof Duration) {
    if (written.isUnresolved()) return { why: 'is known only when it is deployed, and must be known before' };
    return durationFromMs(written.toMilliseconds({ integral: false }));
  }
  const read = typeof written === 'string' ? parseDuration(written) : undefined;
  return (
    read ?? { why: `${show(written)} is no duration: write one such as '90s', '5m' or Duration.minutes(5)` }
  );
}
