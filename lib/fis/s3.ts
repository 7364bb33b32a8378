import * as z from 'zod';
import { fisAction } from './action.ts';
import { byCall } from './evidence.ts';
import { namesOf, text, texts } from './parameter.ts';
import { findsByTag, reads, tagged } from './permission.ts';
import { oneMinuteMs, userGuide } from './source.ts';

const bucketPauseReplication = fisAction({
  id: 'aws:s3:bucket-pause-replication',
  title: 'Pauses the replication of S3 buckets to another Region',
  target: { key: 'Buckets', resourceType: 'aws:s3:bucket', maximum: 25 },
  parameters: z.strictObject({
    region: text({ what: 'The Region of the buckets that are replicated to.' }),
    destinations: namesOf({
      what: 'The buckets that are replicated to, by logical name.',
      fallback: 'all in that Region',
    }).optional(),
    prefixes: texts({
      what: 'Only replication rules whose filter has one of these prefixes.',
      fallback: 'all rules',
    }).optional(),
  }),
  fisParameters: {
    region: { name: 'region', as: 'text' },
    destinations: { name: 'destinationBuckets', as: 'list', names: 'bucket' },
    prefixes: { name: 'prefixes', as: 'list' },
  },
  example: { region: 'eu-central-1', destinations: ['copies'] },
  durationParameter: 'duration',
  leastDurationMs: oneMinuteMs,
  permissions: [
    {
      ...tagged('s3:PutReplicationConfiguration'),
      only: {
        conditions: { BoolIfExists: { 's3:isReplicationPauseRequest': 'true' } },
        words: 'to pause a replication and let it go on',
      },
    },
    tagged('s3:GetReplicationConfiguration'),
    tagged('s3:PauseReplication'),
    reads('s3:ListAllMyBuckets'),
    findsByTag,
  ],
  requires: [
    'source buckets that carry the environment tag, with attribute-based access control turned on: else IAM does not see their tags',
    'source buckets that the environment declares, or owns by name: their ARNs say no account',
  ],
  limits: ['objects that exist may be replicated for up to an hour after the start'],
  leavesBehind: 'nothing: replication goes on where it paused',
  evidence: byCall('the replication latency of the buckets'),
  price: 'by the minute',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'in a lab what a service sends over its link to one that names the Region is held back, at once, and goes on when it ends; it knows no prefixes of replication rules',
  },
  source: userGuide,
});

export const s3Actions = [bucketPauseReplication] as const;
