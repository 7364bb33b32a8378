import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { type ApiError, errorAnswer, type FailingApi, operationOf } from '../calls/aws-errors.ts';
import type { ActionHandler } from './action-handler.ts';
import { durationMsOf, wholeNumberOf } from './duration-of.ts';
import { faultCalls, someOf } from './fault-calls.ts';

function apiOf(action: string, service: string | undefined): FailingApi {
  if (service === 'ec2' || service === 'kinesis') return service;
  throw new SteadfastError(
    'invalid',
    `${action}: FIS has no errors for calls of '${service}', only of ec2 and kinesis`,
  );
}

/**
 * A stand-in for an action on the calls of IAM roles: in a lab a service's role is called as it is, and what it asks of the service that
 * plays the API fails.
 */
export const injectApiError = (id: string, error: ApiError): ActionHandler => ({
  id,
  carryOut: async (context) => {
    const { lab, parameters, resources } = context;
    const api = apiOf(id, parameters['service']);
    const share = wholeNumberOf(id, parameters['percentage'] ?? '100', 'percentage of calls', [1, 100]);
    const operations = (parameters['operations'] ?? '').split(',').map((operation) => operation.trim());
    const roles = resources.map(({ service }) => service);
    const callers = lab.replicas
      .filter(({ service }) => roles.includes(service))
      .map((replica) => replica.id);
    const playing = lab.services.filter(({ apis = [] }) => apis.includes(api)).map(({ name }) => name);
    const points = lab.callPoints.filter(
      ({ service, caller }) => playing.includes(service) && caller !== undefined && callers.includes(caller),
    );
    if (points.length === 0) {
      throw new SteadfastError(
        'invalid',
        `${id}: ${roles.join(', ')} cannot call ${api}: the lab has no link to a service that plays it`,
        {
          hint: `give a service apis: ['${api}'], and name it in the uses of ${roles.join(', ')}`,
        },
      );
    }
    const answer = errorAnswer(api, error);
    const fault = someOf(
      share,
      (call) => (operations.includes(operationOf(api, call) ?? '') ? { answer } : undefined),
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
