import { isRetryable } from '../lib/aws/aws-error.ts';
import { messageOf, SteadfastError } from '../lib/experiment/steadfast-error.ts';

/** The name by which the state machine knows an error: its Retry and Catch match it. */
function errorName(thrown: unknown): string {
  if (isRetryable(thrown)) return 'Steadfast.retryable';
  if (!(thrown instanceof SteadfastError)) return 'Steadfast.internal';
  return thrown.code === 'internal' && isRetryable(thrown.cause)
    ? 'Steadfast.retryable'
    : `Steadfast.${thrown.code}`;
}

/** An error as Step Functions is to see it: the Lambda runtime reports its name and message. */
export function reportedError(thrown: unknown): Error {
  const hint = thrown instanceof SteadfastError && thrown.hint !== undefined ? ` (${thrown.hint})` : '';
  const error = new Error(`${messageOf(thrown)}${hint}`, { cause: thrown });
  error.name = errorName(thrown);
  return error;
}
