import type { Answer, Call } from './call.ts';

/** The APIs whose calls FIS can let fail. */
export type FailingApi = 'ec2' | 'kinesis';

export type ApiError = 'internal' | 'throttle' | 'unavailable';

/** The operation that a call asks for: EC2 takes it as a parameter of the query or the form, Kinesis as a header. */
export function operationOf(api: FailingApi, { path, headers, body }: Call): string | undefined {
  if (api === 'kinesis') return String(headers['x-amz-target'] ?? '').split('.')[1];
  const inQuery = new URL(path, 'http://ec2').searchParams.get('Action');
  return inQuery ?? new URLSearchParams(body.toString('utf8')).get('Action') ?? undefined;
}

/** EC2's codes (API reference, "Error codes"). */
const ec2Errors: Readonly<Record<ApiError, readonly [status: number, code: string, message: string]>> = {
  internal: [500, 'InternalError', 'An internal error has occurred'],
  throttle: [503, 'RequestLimitExceeded', 'Request limit exceeded.'],
  unavailable: [503, 'Unavailable', 'The server is overloaded and cannot handle the request'],
};

/** Those of Kinesis (API reference, "Common errors"). */
const kinesisErrors: typeof ec2Errors = {
  internal: [500, 'InternalFailure', 'The request processing has failed because of an unknown error'],
  throttle: [400, 'ThrottlingException', 'Rate exceeded'],
  unavailable: [503, 'ServiceUnavailable', 'The request has failed due to a temporary failure of the server'],
};

const requestId = '00000000-0000-4000-8000-000000000000';

/** An error as the JSON protocol of Kinesis writes it. */
export const kinesisAnswer = (status: number, code: string, message: string): Answer => ({
  status,
  headers: {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-errortype': code,
    'x-amzn-requestid': requestId,
  },
  body: JSON.stringify({ __type: code, message }),
});

/** An error of an API, as its clients read it. */
export function errorAnswer(api: FailingApi, error: ApiError): Answer {
  if (api === 'kinesis') return kinesisAnswer(...kinesisErrors[error]);
  const [status, code, message] = ec2Errors[error];
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=UTF-8' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`,
  };
}
