import { fisAction } from './action.ts';
import { byCall } from './evidence.ts';
import { noParameters } from './parameter.ts';
import { findsByTag, lists, tagged } from './permission.ts';
import { oneMinuteMs, userGuide } from './source.ts';

const replicationgroupInterruptAzPower = fisAction({
  id: 'aws:elasticache:replicationgroup-interrupt-az-power',
  title: 'Cuts the power of ElastiCache nodes in one Availability Zone',
  target: { key: 'ReplicationGroups', resourceType: 'aws:elasticache:replicationgroup', maximum: 50 },
  parameters: noParameters(),
  fisParameters: {},
  example: {},
  durationParameter: 'duration',
  leastDurationMs: oneMinuteMs,
  permissions: [
    tagged('elasticache:InterruptClusterAzPower'),
    lists('elasticache:DescribeReplicationGroups'),
    findsByTag,
  ],
  requires: ['Multi-AZ replication groups of Redis OSS or Valkey that carry the environment tag'],
  limits: [
    'the selector names the zone: `availabilityZone`',
    'one zone of a group at once; not serverless caches',
    '20 groups of an account and Region a day',
  ],
  leavesBehind:
    'a failover, which is not reversed; nodes of the zone are replaced once the action ends or is stopped',
  evidence: byCall('failover events of the group'),
  price: 'by the minute',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'in a lab the nodes are the replicas of the service: those in the zone are killed and not started again until it ends, and the balancer passes over them; none is promoted, and what a replica held is as its command leaves it',
  },
  source: userGuide,
});

export const elasticacheActions = [replicationgroupInterruptAzPower] as const;
