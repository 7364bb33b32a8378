/** What a caller can tell from an error of the AWS SDK: its name is the service's error code. */
const denied = [
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'UnauthorizedException',
  'UnauthorizedOperation',
];

/** Codes of services that ask to come back later (AWS SDKs and Tools reference guide, "Retry behavior"). */
const throttled = [
  'BandwidthLimitExceeded',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  // Only a conflict with another transaction comes this far: a failed condition is an answer.
  'TransactionCanceledException',
  'TransactionInProgressException',
];

const transient = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'InternalError',
  'InternalServerError',
  'InternalServerException',
  'NetworkingError',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceUnavailable',
  'TimeoutError',
];

const statusOf = (thrown: Error): number | undefined => {
  if (!('$metadata' in thrown) || typeof thrown.$metadata !== 'object' || thrown.$metadata === null)
    return undefined;
  const { $metadata } = thrown;
  return 'httpStatusCode' in $metadata && typeof $metadata.httpStatusCode === 'number'
    ? $metadata.httpStatusCode
    : undefined;
};

/** Whether an error carries one of these names. */
export const isNamed = (thrown: unknown, ...names: readonly string[]): thrown is Error =>
  thrown instanceof Error && names.includes(thrown.name);

/** Whether AWS refused for want of a permission. */
export const isDenied = (thrown: unknown): thrown is Error => isNamed(thrown, ...denied);

/** Whether AWS asks to come back later. */
export const isThrottled = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && (isNamed(thrown, ...throttled) || statusOf(thrown) === 429);

/** Whether the same call may well succeed a little later: throttling, a time-out, a fault of the service. */
export function isRetryable(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : thrown.name;
  const status = statusOf(thrown);
  return (
    [...throttled, ...transient].some((name) => name === thrown.name || name === code) ||
    status === 429 ||
    (status ?? 0) >= 500
  );
}
