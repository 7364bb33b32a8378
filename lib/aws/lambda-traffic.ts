import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { experimentOf, type RunnerInput } from '../plan/runner-input.ts';
import type { Clock, Traffic } from '../run/ports.ts';
import { calling } from './calling.ts';
import { inTime } from './in-time.ts';

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
      const traffic = experimentOf(input).traffic;
      const called = traffic !== undefined && 'lambda' in traffic ? traffic.lambda : undefined;
      const functionName = called === undefined ? undefined : input.functions[called.function];
      if (called === undefined || functionName === undefined)
        throw new SteadfastError('invalid', 'the experiment names no function that makes traffic');
      const { action } = request;
      const asked = { clock, withinMs: within[action], what: `the function ${functionName}`, todo: action };
      const answer = await inTime(asked, (abortSignal) =>
        calling({ todo: `call the function ${functionName}` }, () =>
          lambda.send(
            new InvokeCommand({
              FunctionName: functionName,
              InvocationType: action === 'stop' ? 'RequestResponse' : 'Event',
              Payload: JSON.stringify({ ...called.payload, ...request }),
            }),
            { abortSignal },
          ),
        ),
      );
      if (answer?.FunctionError !== undefined)
        throw new SteadfastError('internal', `the function ${functionName} failed as it was to ${action}`, {
          hint: 'look at its log',
        });
    },
  };
}
