import type { Answer, Call, CallEffect } from '../calls/call.ts';
import type { ActionContext, ActionHandler } from './action-handler.ts';
import { durationMsOf, wholeNumberOf } from './duration-of.ts';
import { callPointsOf, faultCalls, someOf } from './fault-calls.ts';

/** How Lambda's Invoke API is called (API reference, Invoke); whatever else comes is taken for a function URL or an API in front. */
export const isInvoke = ({ path }: Call): boolean =>
  /^\/2015-03-31\/functions\/[^/]+\/invocations(\?|$)/.test(path);

/** Whether nobody waits for the answer of an invocation (API reference, Invoke, `InvocationType`). */
export const isEvent = ({ headers }: Call): boolean =>
  String(headers['x-amz-invocation-type'] ?? '').toLowerCase() === 'event';

/** Lambda's answer to an invocation that it takes without carrying it out at once. */
export const accepted: Answer = { status: 202, headers: {}, body: '' };

const json = { 'content-type': 'application/json' } as const;

/** What Lambda answers when a function failed: the Invoke API says so in a header, a function URL by its status. */
export const failure = (call: Call): Answer => {
  if (!isInvoke(call)) return { status: 502, headers: json, body: '{"message":"Internal Server Error"}' };
  if (isEvent(call)) return accepted;
  return {
    status: 200,
    headers: { ...json, 'x-amz-function-error': 'Unhandled', 'x-amz-executed-version': '$LATEST' },
    body: '{"errorType":"FaultInjected","errorMessage":"the invocation failed by a fault"}',
  };
};

/** A stand-in for an action on invocations: what it does to those that are drawn. */
export const onInvocations = (
  id: string,
  hit: string,
  effectBy: (parameters: ActionContext['parameters']) => (call: Call) => CallEffect,
): ActionHandler => ({
  id,
  carryOut: async (context) => {
    const { parameters, resources } = context;
    const share = wholeNumberOf(
      id,
      parameters['invocationPercentage'] ?? '100',
      'percentage of invocations',
      [1, 100],
    );
    const points = callPointsOf(
      resources.map(({ service }) => service),
      context,
    );
    const fault = someOf(share, effectBy(parameters), context);
    return faultCalls(points, fault, durationMsOf(id, parameters), { calls: 'invocations', hit }, context);
  },
});
