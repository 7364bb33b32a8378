import { positiveDuration } from '../../fis/quantity.ts';

/** A duration that is longer than nothing. */
export const positiveDurationOf = ({
  what,
  fallback,
}: {
  readonly what: string;
  readonly fallback?: string;
}) => positiveDuration().describe(fallback === undefined ? what : `${what} Default: ${fallback}.`);
