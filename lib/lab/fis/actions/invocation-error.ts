import { failure, onInvocations } from '../fault-invocations.ts';

/** `aws:lambda:invocation-error`: lets invocations fail, before or after the function has done its work. */
export const invocationError = onInvocations(
  'aws:lambda:invocation-error',
  'failed',
  ({ preventExecution }) =>
    (call) => ({ answer: failure(call), isCarriedOut: preventExecution === 'false' }),
);
