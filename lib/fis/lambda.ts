import * as z from 'zod';
import { fisAction } from './action.ts';
import { byConfiguration } from './evidence.ts';
import { durationIn, percentIn, text, wholeNumber, yesOrNo } from './parameter.ts';
import { findsByTag, tagged } from './permission.ts';
import { userGuide } from './source.ts';

const prefix = "the prefixes of the functions' fault configuration";

/** What the actions on functions have in common: FIS leaves the fault in a bucket, where a Lambda extension finds it. */
const onFunctions = {
  target: { key: 'Functions', resourceType: 'aws:lambda:function', maximum: 140 },
  durationParameter: 'duration',
  trafficShareParameter: 'invocationPercentage',
  permissions: [
    { action: 's3:PutObject', confinedBy: { prefix } },
    { action: 's3:DeleteObject', confinedBy: { prefix } },
    tagged('lambda:GetFunction'),
    findsByTag,
  ],
  requires: [
    "AWS FIS's Lambda extension as a layer, and AWS_LAMBDA_EXEC_WRAPPER=/opt/aws-fis/bootstrap",
    'AWS_FIS_CONFIGURATION_LOCATION, the ARN of a bucket of the same Region with a prefix, which the environment declares',
    "the function's role may list and get what lies below that prefix",
  ],
  prerequisites: ['lambda-extension', 'lambda-wrapper', 'fault-configuration', 'poll-wait'],
  limits: [
    'it takes up to 60 s until functions notice the fault, and 20 s until they notice its end',
    'no response streaming as long as the extension is attached',
    'of conflicting actions on a function the earliest wins',
  ],
  leavesBehind: 'nothing: FIS deletes the fault from the bucket, and functions notice within about 20 s',
  price: 'by the minute',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'in a lab each request to a service that plays Lambda is an invocation; the fault begins and ends at once, calls that nobody waits for are not tried again, and an invocation has no time-out of its own',
  },
  source: userGuide,
} as const;

const invocations = percentIn({
  what: 'The share of invocations that is hit.',
  least: '1%',
  fallback: '100%',
}).optional();
const asInvocations = { name: 'invocationPercentage', as: 'percent' } as const;
const preventExecution = yesOrNo({
  what: "Whether the function's own code is skipped; then AWS_FIS_POLL_MAX_WAIT_MILLISECONDS should be set.",
});
const asPreventExecution = { name: 'preventExecution', as: 'boolean' } as const;

const invocationAddDelay = fisAction({
  ...onFunctions,
  id: 'aws:lambda:invocation-add-delay',
  title: 'Delays the start of Lambda invocations',
  parameters: z
    .strictObject({
      delay: durationIn({
        what: 'How much later invocations start, in whole milliseconds; Lambda bills it, and above the time-out it forces one.',
        least: '0ms',
        most: '15m',
        fallback: '1s',
      }).optional(),
      invocations,
    })
    .optional(),
  fisParameters: {
    delay: { name: 'startupDelayMilliseconds', as: 'milliseconds' },
    invocations: asInvocations,
  },
  example: { delay: '2s', invocations: '20%' },
  evidence: byConfiguration("the functions' duration, the extension's own metrics"),
});

const invocationError = fisAction({
  ...onFunctions,
  id: 'aws:lambda:invocation-error',
  title: 'Lets Lambda invocations fail',
  parameters: z.strictObject({ preventExecution, invocations }),
  fisParameters: { preventExecution: asPreventExecution, invocations: asInvocations },
  example: { preventExecution: true, invocations: '20%' },
  evidence: byConfiguration("the functions' errors, the extension's own metrics"),
});

const invocationHttpIntegrationResponse = fisAction({
  ...onFunctions,
  id: 'aws:lambda:invocation-http-integration-response',
  title: 'Replaces the HTTP responses of Lambda functions',
  parameters: z.strictObject({
    status: wholeNumber({ what: 'The HTTP status of the response.', least: 0, most: 999 }),
    contentType: text({ what: 'Its Content-Type header.' }),
    preventExecution,
    invocations,
  }),
  fisParameters: {
    status: { name: 'statusCode', as: 'integer' },
    contentType: { name: 'contentTypeHeader', as: 'text' },
    preventExecution: asPreventExecution,
    invocations: asInvocations,
  },
  example: { status: 503, contentType: 'application/json', preventExecution: true },
  evidence: byConfiguration("the status of responses, the extension's own metrics"),
});

export const lambdaActions = [
  invocationAddDelay,
  invocationError,
  invocationHttpIntegrationResponse,
] as const;
