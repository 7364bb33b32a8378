import { kinesisAnswer, operationOf } from '../calls/aws-errors.ts';
import type { ActionHandler } from './action-handler.ts';
import { durationMsOf, wholeNumberOf } from './duration-of.ts';
import { callPointsOf, faultCalls, someOf } from './fault-calls.ts';

/** A stand-in for an action on streams: some calls of the service that plays Kinesis fail with one of its exceptions. */
export const faultStream = (
  id: string,
  operations: readonly string[],
  exception: { readonly code: string; readonly message: string },
): ActionHandler => ({
  id,
  carryOut: async (context) => {
    const { parameters, resources } = context;
    const share = wholeNumberOf(id, parameters['percentage'] ?? '100', 'percentage of calls', [1, 100]);
    const points = callPointsOf(
      resources.map(({ service }) => service),
      context,
    );
    const answer = kinesisAnswer(400, exception.code, exception.message);
    const fault = someOf(
      share,
      (call) => (operations.includes(operationOf('kinesis', call) ?? '') ? { answer } : undefined),
      context,
    );
    return faultCalls(
      points,
      fault,
      durationMsOf(id, parameters),
      { calls: 'calls', hit: 'failed' },
      context,
    );
  },
});
