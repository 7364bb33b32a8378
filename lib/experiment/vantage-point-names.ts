/** The runner's own vantage point: outside of every VPC, in a lab this machine. */
export const outside = 'outside';

/** All vantage points that an environment declares. */
export const inside = 'inside';

/** Longest name of a Lambda function (Lambda API reference, "CreateFunction"). */
export const longestFunctionName = 64;

/** The function that probes from a vantage point. */
export const probeFunctionName = (environment: string, vantagePoint: string) =>
  `steadfast-${environment}-probe-${vantagePoint}`;

/** The vantage points that take turns at a request; none where it names none. */
export const vantagePointsOf = (
  from: typeof inside | readonly string[] | undefined,
  declared: readonly string[],
): readonly string[] => (from === undefined ? [] : from === inside ? declared : from);
