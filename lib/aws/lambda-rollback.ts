import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { failureIn } from './lambda-failure.ts';

/** Calls a function and waits for its end. `runId` is put into the payload, where it is an object. */
export async function performLambdaRollback(options: {
  readonly lambda: LambdaClient;
  readonly functionName: string;
  readonly payload: unknown;
  readonly runId: string;
  readonly signal: AbortSignal;
}): Promise<string> {
  const { lambda, functionName, payload, runId, signal } = options;
  const given = z.record(z.string(), z.unknown()).safeParse(payload ?? {});
  if (!given.success) {
    throw new SteadfastError(
      'invalid',
      `the payload for ${functionName} must be an object, since the run's id goes with it`,
      {
        hint: 'write the payload as an object',
      },
    );
  }
  const answer = await lambda.send(
    new InvokeCommand({
      FunctionName: functionName,
      InvocationType: 'RequestResponse',
      Payload: JSON.stringify({ ...given.data, runId }),
    }),
    { abortSignal: signal },
  );
  if (answer.FunctionError !== undefined) {
    throw new SteadfastError(
      'internal',
      `the function ${functionName} failed: ${failureIn(answer.Payload)}`,
      {
        hint: 'look at its log; it is called again until the rollback is proven or its time is up',
      },
    );
  }
  return `the function ${functionName} answered`;
}
