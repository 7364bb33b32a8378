import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { Clock, Functions } from '../run/ports.ts';
import { failureIn } from './lambda-failure.ts';

/** Calls the Lambda functions that an environment declares. */
export function createFunctions(options: {
  readonly lambda: LambdaClient;
  readonly clock: Clock;
  /** Logical name to function name or ARN. */
  readonly functions: Readonly<Record<string, string>>;
}): Functions {
  const { lambda, clock, functions } = options;
  return {
    call: async (name, payload, timeoutMs) => {
      const FunctionName = functions[name];
      if (FunctionName === undefined) {
        throw new SteadfastError('invalid', `no function is called '${name}'`, {
          hint: 'add it to the functions of the environment',
        });
      }
      const [done, late] = [new AbortController(), new AbortController()];
      const watchdog = clock.sleep(timeoutMs, done.signal).then(() => late.abort());
      try {
        const answer = await lambda.send(
          new InvokeCommand({ FunctionName, InvocationType: 'RequestResponse', Payload: payload }),
          { abortSignal: late.signal },
        );
        if (answer.FunctionError !== undefined) {
          throw new SteadfastError(
            'internal',
            `the function ${FunctionName} failed: ${failureIn(answer.Payload)}`,
          );
        }
        return Buffer.from(answer.Payload ?? []).toString('utf8');
      } catch (thrown) {
        // A call that was cut off says only that.
        throw late.signal.aborted
          ? new SteadfastError(
              'internal',
              `the function ${FunctionName} did not answer within ${timeoutMs} ms`,
            )
          : thrown;
      } finally {
        done.abort();
        await watchdog;
      }
    },
  };
}
