import * as z from 'zod';
import { fisAction, fisActionWithoutTarget } from './action.ts';
import { byCalls, byLook } from './evidence.ts';
import { noParameters, oneOf, percentIn, texts } from './parameter.ts';
import type { FisPermission } from './permission.ts';
import { oneMinuteMs, userGuide } from './source.ts';

const parameters = z.strictObject({
  service: oneOf(['ec2', 'kinesis'], { what: 'The service whose calls fail; FIS takes no other.' }),
  operations: texts({ what: "The calls, by their names in the service's API." }),
  calls: percentIn({ what: 'The share of calls that fails.', least: '1%', fallback: '100%' }).optional(),
});

/** What the three actions have in common that let calls of IAM roles fail. */
const onCalls = {
  target: { key: 'Roles', resourceType: 'aws:iam:role' },
  parameters,
  fisParameters: {
    service: { name: 'service', as: 'text' },
    operations: { name: 'operations', as: 'list' },
    calls: { name: 'percentage', as: 'percent' },
  },
  durationParameter: 'duration',
  leastDurationMs: oneMinuteMs,
  trafficShareParameter: 'percentage',
  assumedParameters: { percentage: '100' },
  requires: ['roles that the environment declares'],
  leavesBehind: 'nothing: calls are answered again when the action ends or is stopped',
  evidence: byCalls('the error in CloudTrail'),
  price: 'by the minute',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'in a lab the fault acts on what a service sends over its link to one that plays the API, and the errors are those of the API as its reference tells them',
  },
  source: userGuide,
} as const;

/** IAM is asked on the experiment, and told the roles, the service, its calls and their share. */
const injecting = (action: string): FisPermission => ({
  action,
  on: 'fis:experiment/*',
  confinedBy: {
    fisTargets: 'fis:Targets',
    targets: 'iam:role/*',
    within: {
      equal: { 'fis:Service': 'service' },
      among: { 'fis:Operations': 'operations' },
      atMost: { 'fis:Percentage': 'percentage' },
    },
  },
});

const injectApiInternalError = fisAction({
  ...onCalls,
  id: 'aws:fis:inject-api-internal-error',
  title: 'Lets AWS API calls of IAM roles fail with internal errors',
  example: { service: 'ec2', operations: ['DescribeInstances', 'DescribeVolumes'], calls: '50%' },
  permissions: [injecting('fis:InjectApiInternalError')],
});

const injectApiThrottleError = fisAction({
  ...onCalls,
  id: 'aws:fis:inject-api-throttle-error',
  title: 'Lets AWS API calls of IAM roles be throttled',
  example: { service: 'ec2', operations: ['DescribeInstances', 'DescribeVolumes'], calls: '50%' },
  permissions: [injecting('fis:InjectApiThrottleError')],
});

const injectApiUnavailableError = fisAction({
  ...onCalls,
  id: 'aws:fis:inject-api-unavailable-error',
  title: 'Lets AWS API calls of IAM roles fail as unavailable',
  example: { service: 'ec2', operations: ['DescribeInstances', 'DescribeVolumes'], calls: '50%' },
  permissions: [injecting('fis:InjectApiUnavailableError')],
});

/** The plan puts waits where a stage needs them; as a fault it would hit nothing. */
const wait = fisActionWithoutTarget({
  id: 'aws:fis:wait',
  title: 'Waits while stop conditions are watched',
  parameters: noParameters(),
  fisParameters: {},
  example: {},
  durationParameter: 'duration',
  leastDurationMs: oneMinuteMs,
  permissions: [],
  requires: [],
  leavesBehind: 'nothing: it does nothing',
  evidence: byLook('nothing: it does nothing'),
  price: 'not told',
  rehearsal: { fidelity: 'same' },
  source: userGuide,
});

export const fisActions = [
  injectApiInternalError,
  injectApiThrottleError,
  injectApiUnavailableError,
  wait,
] as const;
