import * as z from 'zod';
import { fisAction } from './action.ts';
import { byCalls } from './evidence.ts';
import { percentIn } from './parameter.ts';
import { findsByTag, forDeclaredTargets, tagged } from './permission.ts';
import { oneMinuteMs, userGuide } from './source.ts';

const clusterConnectionFailure = fisAction({
  id: 'aws:dsql:cluster-connection-failure',
  title: 'Lets connections to Aurora DSQL clusters fail',
  target: { key: 'Clusters', resourceType: 'aws:dsql:cluster', maximum: 100 },
  parameters: z
    .strictObject({
      connections: percentIn({
        what: 'The share of connections that fails.',
        least: '1%',
        fallback: '100%',
      }).optional(),
    })
    .optional(),
  fisParameters: { connections: { name: 'percentage', as: 'percent' } },
  example: { connections: '50%' },
  durationParameter: 'duration',
  leastDurationMs: oneMinuteMs,
  trafficShareParameter: 'percentage',
  assumedParameters: { percentage: '100' },
  permissions: [
    forDeclaredTargets('dsql:InjectError', 'dsql:FisTargetArns', 'dsql:cluster/*'),
    tagged('dsql:GetCluster'),
    findsByTag,
  ],
  requires: ['clusters that carry the environment tag, and that the environment declares'],
  leavesBehind: 'nothing: connections are made again when the action ends or is stopped',
  evidence: byCalls('failed connections'),
  price: 'by the minute',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'in a lab new connections over the links to a database are reset as soon as they are made, a share of them drawn for each; those that are open go on',
  },
  source: userGuide,
});

export const dsqlActions = [clusterConnectionFailure] as const;
