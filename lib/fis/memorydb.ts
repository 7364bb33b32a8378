import { fisAction } from './action.ts';
import { byCall } from './evidence.ts';
import { noParameters } from './parameter.ts';
import { findsByTag, lists, tagged } from './permission.ts';
import { oneMinuteMs, userGuide } from './source.ts';

const multiRegionClusterPauseReplication = fisAction({
  id: 'aws:memorydb:multi-region-cluster-pause-replication',
  title: 'Pauses the replication of MemoryDB clusters to and from this Region',
  target: { key: 'MultiRegionClusters', resourceType: 'aws:memorydb:multi-region-cluster', maximum: 50 },
  parameters: noParameters(),
  fisParameters: {},
  example: {},
  durationParameter: 'duration',
  leastDurationMs: oneMinuteMs,
  permissions: [
    lists('memorydb:DescribeMultiRegionClusters'),
    tagged('memorydb:PauseMultiRegionClusterReplication'),
    findsByTag,
  ],
  requires: ['multi-Region clusters that carry the environment tag'],
  limits: ['the cluster takes no updates while it is paused'],
  leavesBehind: 'nothing, though the cluster may need minutes to be available again',
  evidence: byCall('the replication lag of the cluster'),
  price: 'by the minute',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'in a lab what a service and its counterpart of another Region send each other over their link is held back, at once, and goes on when it ends; the service takes updates meanwhile, and is available at once afterwards',
  },
  source: userGuide,
});

export const memorydbActions = [multiRegionClusterPauseReplication] as const;
