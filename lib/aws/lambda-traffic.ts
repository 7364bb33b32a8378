import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { experimentOf, type RunnerInput } from '../plan/runner-input.ts';
import type { Clock, Traffic } from '../run/ports.ts';

/** How long a function may take to stop, and Lambda to take what it is only handed: a watch that waits for it sees nothing. */
const within = { start: 5_000, keep: 5_000, stop: 30_000 } as const;

/**
 * Traffic by a Lambda function of the team's. Starting and keeping are handed over and not waited for, since the function may make
 * the load itself for as long as it runs; stopping is waited for.
 */
export function createLambdaTraffic(options: {
  readonly lambda: LambdaClient;
  readonly clock: Clock;
  readonly input: RunnerInput;
}): Traffic {
  const { lambda, clock, input } = options;
  return {
    ask: async (request) => {
      const called = experimentOf(input).traffic?.lambda;
      const functionName = called === undefined ? undefined : input.functions[called.function];
      if (called === undefined || functionName === undefined)
        throw new SteadfastError('invalid', 'the experiment names no function that makes traffic');
      const stops = request.action === 'stop';
      const answered = new AbortController();
      const late = new AbortController();
      const watchdog = clock.sleep(within[request.action], answered.signal).then(() => late.abort());
      try {
        const { FunctionError: failure } = await lambda.send(
          new InvokeCommand({
            FunctionName: functionName,
            InvocationType: stops ? 'RequestResponse' : 'Event',
            Payload: JSON.stringify({ ...called.payload, ...request }),
          }),
          { abortSignal: late.signal },
        );
        if (failure !== undefined)
          throw new SteadfastError(
            'internal',
            `the function ${functionName} failed as it was to ${request.action}`,
            {
              hint: 'look at its log',
            },
          );
      } catch (thrown) {
        if (thrown instanceof Error && thrown.name === 'AccessDeniedException')
          throw new SteadfastError('permission', `AWS refused to call the function ${functionName}`, {
            cause: thrown,
          });
        throw late.signal.aborted
          ? new SteadfastError(
              'internal',
              `the function ${functionName} took longer than ${within[request.action] / 1_000} s to ${request.action}`,
              { cause: thrown },
            )
          : thrown;
      } finally {
        answered.abort();
        await watchdog;
      }
    },
  };
}
