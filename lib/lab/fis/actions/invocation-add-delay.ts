import { wholeNumberOf } from '../duration-of.ts';
import { onInvocations } from '../fault-invocations.ts';

const id = 'aws:lambda:invocation-add-delay';

/** FIS's own default and limit (actions reference, aws:lambda:invocation-add-delay). */
const defaultDelay = '1000';
const longestDelayMs = 900_000;

/** `aws:lambda:invocation-add-delay`: starts invocations later. */
export const invocationAddDelay = onInvocations(id, 'delayed', ({ startupDelayMilliseconds }) => {
  const delayMs = wholeNumberOf(id, startupDelayMilliseconds ?? defaultDelay, 'delay in milliseconds', [
    0,
    longestDelayMs,
  ]);
  return () => ({ delayMs });
});
