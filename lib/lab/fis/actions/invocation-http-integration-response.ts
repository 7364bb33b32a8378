import type { Answer, Call } from '../../calls/call.ts';
import { wholeNumberOf } from '../duration-of.ts';
import { accepted, failure, isEvent, isInvoke, onInvocations } from '../fault-invocations.ts';

const id = 'aws:lambda:invocation-http-integration-response';

/** Statuses that an answer can have; from any other, an API in front of a function makes an error of its own. */
const isSendable = (status: number) => status >= 200 && status <= 599;

/** As a function writes a response for an integration, or as the integration sends it. */
function response(call: Call, status: number, contentType: string): Answer {
  if (!isInvoke(call))
    return isSendable(status)
      ? { status, headers: { 'content-type': contentType }, body: '' }
      : failure(call);
  if (isEvent(call)) return accepted;
  const payload = { statusCode: status, headers: { 'Content-Type': contentType }, body: '' };
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(payload) };
}

/** `aws:lambda:invocation-http-integration-response`: answers in place of the function. */
export const invocationHttpIntegrationResponse = onInvocations(
  id,
  'answered in place of the function',
  ({ statusCode = '', contentTypeHeader = '', preventExecution }) => {
    const status = wholeNumberOf(id, statusCode, 'HTTP status', [0, 999]);
    return (call) => ({
      answer: response(call, status, contentTypeHeader),
      isCarriedOut: preventExecution === 'false',
    });
  },
);
