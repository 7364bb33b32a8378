import type { ActionHandler } from './action-handler.ts';
import { failoverDbCluster } from './actions/failover-db-cluster.ts';
import { injectApiInternalError } from './actions/inject-api-internal-error.ts';
import { injectApiThrottleError } from './actions/inject-api-throttle-error.ts';
import { injectApiUnavailableError } from './actions/inject-api-unavailable-error.ts';
import { invocationAddDelay } from './actions/invocation-add-delay.ts';
import { invocationError } from './actions/invocation-error.ts';
import { invocationHttpIntegrationResponse } from './actions/invocation-http-integration-response.ts';
import { rebootDbInstances } from './actions/reboot-db-instances.ts';
import { streamExpiredIteratorException } from './actions/stream-expired-iterator-exception.ts';
import { streamProvisionedThroughputException } from './actions/stream-provisioned-throughput-exception.ts';

/** The stand-ins for actions on what AWS runs for its customers: databases, functions, APIs, networks, replication. */
export const managedHandlers: readonly ActionHandler[] = [
  failoverDbCluster,
  rebootDbInstances,
  invocationError,
  invocationAddDelay,
  invocationHttpIntegrationResponse,
  injectApiInternalError,
  injectApiThrottleError,
  injectApiUnavailableError,
  streamProvisionedThroughputException,
  streamExpiredIteratorException,
];
