import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import { type BatchAnswer, type BatchDocument, batchAnswerSchema } from '../probing/batch.ts';
import { jsonText } from '../run/json-text.ts';
import { failureIn } from './lambda-failure.ts';

const answerSchema = z.pipe(jsonText, batchAnswerSchema);

/**
 * Calls the function that probes from a vantage point with one batch, once: a second call would send what is late by then.
 *
 * @throws whatever the SDK throws, throttling included; SteadfastError where the function failed or answered something else
 */
export const createProberCall =
  (lambda: LambdaClient, functionName: string) =>
  async (batch: BatchDocument, signal: AbortSignal): Promise<BatchAnswer> => {
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({
        FunctionName: functionName,
        InvocationType: 'RequestResponse',
        Payload: JSON.stringify(batch),
      }),
      { abortSignal: signal },
    );
    if (FunctionError !== undefined) {
      throw new SteadfastError('internal', `the function ${functionName} failed: ${failureIn(Payload)}`, {
        hint: 'look at its log',
      });
    }
    const answer = answerSchema.safeParse(Buffer.from(Payload ?? []).toString('utf8'));
    if (answer.success) return answer.data;
    throw new SteadfastError(
      'internal',
      `the function ${functionName} answered something else than outcomes`,
      {
        hint: 'deploy the runner again',
        cause: answer.error,
      },
    );
  };
