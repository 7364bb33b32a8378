import * as z from 'zod';
import { fisAction } from './action.ts';
import { byCall } from './evidence.ts';
import { noParameters, yesOrNo } from './parameter.ts';
import { findsByTag, lists, tagged } from './permission.ts';
import { userGuide } from './source.ts';

const failoverDbCluster = fisAction({
  id: 'aws:rds:failover-db-cluster',
  title: 'Fails Aurora or DocumentDB clusters over to a reader',
  target: { key: 'Clusters', resourceType: 'aws:rds:cluster', maximum: 160 },
  parameters: noParameters(),
  fisParameters: {},
  example: {},
  permissions: [tagged('rds:FailoverDBCluster'), lists('rds:DescribeDBClusters'), findsByTag],
  requires: ['clusters with a reader to promote, that carry the environment tag as their instances do'],
  leavesBehind: 'the reader that was promoted stays the writer; FIS does not fail back',
  evidence: byCall('failover events of the cluster'),
  price: 'at once',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      "a lab's database has one writer: it breaks all connections, makes none for as long as a failover often takes (30 seconds, at the lab's pace), and is back at the same address with what was committed, in the zone that the lab names for it; the address leads nowhere else, so nothing shows of names that are remembered too long",
  },
  source: userGuide,
});

const rebootDbInstances = fisAction({
  id: 'aws:rds:reboot-db-instances',
  title: 'Reboots RDS database instances',
  target: { key: 'DBInstances', resourceType: 'aws:rds:db', maximum: 130 },
  parameters: z
    .strictObject({
      failover: yesOrNo({
        what: 'Whether a Multi-AZ instance fails over as it reboots.',
        fallback: 'false',
      }).optional(),
    })
    .optional(),
  fisParameters: { failover: { name: 'forceFailover', as: 'boolean' } },
  example: { failover: true },
  permissions: [tagged('rds:RebootDBInstance'), lists('rds:DescribeDBInstances'), findsByTag],
  requires: ['database instances that carry the environment tag; Multi-AZ ones for a failover'],
  leavesBehind: 'nothing but a failover that was asked for; instances boot by themselves',
  evidence: byCall('reboot and failover events of the instances'),
  price: 'at once',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      "a lab's database breaks all connections, makes none for 60 seconds with a failover, else for 30 (at the lab's pace; AWS tells no time for the latter), and is back at the same address with what was committed, after a failover in the zone that the lab names for it; any lab's database can fail over",
  },
  source: userGuide,
});

export const rdsActions = [failoverDbCluster, rebootDbInstances] as const;
