import type { ActionHandler } from './action-handler.ts';
import { assertAlarmState } from './actions/assert-alarm-state.ts';
import { bucketPauseReplication } from './actions/bucket-pause-replication.ts';
import { clusterConnectionFailure } from './actions/cluster-connection-failure.ts';
import { disruptConnectivity } from './actions/disrupt-connectivity.ts';
import { disruptVpcEndpoint } from './actions/disrupt-vpc-endpoint.ts';
import { failoverDbCluster } from './actions/failover-db-cluster.ts';
import { globalTablePauseReplication } from './actions/global-table-pause-replication.ts';
import { injectApiInternalError } from './actions/inject-api-internal-error.ts';
import { injectApiThrottleError } from './actions/inject-api-throttle-error.ts';
import { injectApiUnavailableError } from './actions/inject-api-unavailable-error.ts';
import { invocationAddDelay } from './actions/invocation-add-delay.ts';
import { invocationError } from './actions/invocation-error.ts';
import { invocationHttpIntegrationResponse } from './actions/invocation-http-integration-response.ts';
import { multiRegionClusterPauseReplication } from './actions/multi-region-cluster-pause-replication.ts';
import { rebootDbInstances } from './actions/reboot-db-instances.ts';
import { replicationgroupInterruptAzPower } from './actions/replicationgroup-interrupt-az-power.ts';
import { routeTableDisruptCrossRegionConnectivity } from './actions/route-table-disrupt-cross-region-connectivity.ts';
import { sendCommand } from './actions/send-command.ts';
import { startAutomationExecution } from './actions/start-automation-execution.ts';
import { startZonalAutoshift } from './actions/start-zonal-autoshift.ts';
import { streamExpiredIteratorException } from './actions/stream-expired-iterator-exception.ts';
import { streamProvisionedThroughputException } from './actions/stream-provisioned-throughput-exception.ts';
import { transitGatewayDisruptCrossRegionConnectivity } from './actions/transit-gateway-disrupt-cross-region-connectivity.ts';

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
  assertAlarmState,
  bucketPauseReplication,
  clusterConnectionFailure,
  disruptConnectivity,
  disruptVpcEndpoint,
  globalTablePauseReplication,
  multiRegionClusterPauseReplication,
  replicationgroupInterruptAzPower,
  routeTableDisruptCrossRegionConnectivity,
  sendCommand,
  startAutomationExecution,
  startZonalAutoshift,
  transitGatewayDisruptCrossRegionConnectivity,
];
