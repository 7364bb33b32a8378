import * as z from 'zod';
import { fisAction } from './action.ts';
import { byCalls } from './evidence.ts';
import { percentIn } from './parameter.ts';
import { findsByTag, forDeclaredTargets, tagged } from './permission.ts';
import { oneMinuteMs, userGuide } from './source.ts';

/** What both actions on streams have in common. */
const onStreams = {
  target: { key: 'KinesisStreams', resourceType: 'aws:kinesis:stream', maximum: 280 },
  parameters: z
    .strictObject({
      calls: percentIn({ what: 'The share of calls that fails.', least: '1%', fallback: '100%' }).optional(),
    })
    .optional(),
  fisParameters: { calls: { name: 'percentage', as: 'percent' } },
  example: { calls: '50%' },
  durationParameter: 'duration',
  leastDurationMs: oneMinuteMs,
  trafficShareParameter: 'percentage',
  assumedParameters: { percentage: '100' },
  permissions: [
    forDeclaredTargets('kinesis:InjectApiError', 'kinesis:FisTargetArns', 'kinesis:stream/*', {
      atMost: { 'kinesis:FisInjectPercentage': 'percentage' },
    }),
    // In the guide's example of a policy, not in its list: FIS reads streams to find them by tag.
    tagged('kinesis:DescribeStreamSummary'),
    findsByTag,
  ],
  requires: ['streams that carry the environment tag, and that the environment declares'],
  leavesBehind: 'nothing: calls are answered again when the action ends or is stopped',
  price: 'by the minute',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'in a lab all calls of a service that plays Kinesis are of one stream, and the errors are those of its JSON protocol',
  },
  source: userGuide,
} as const;

const streamProvisionedThroughputException = fisAction({
  ...onStreams,
  id: 'aws:kinesis:stream-provisioned-throughput-exception',
  title: 'Lets calls to Kinesis streams fail as if their throughput were exceeded',
  limits: ['hits GetRecords, GetShardIterator, PutRecord and PutRecords'],
  evidence: byCalls('throttled reads and writes of the stream'),
});

const streamExpiredIteratorException = fisAction({
  ...onStreams,
  id: 'aws:kinesis:stream-expired-iterator-exception',
  title: 'Lets reads of Kinesis streams fail as if their iterator had expired',
  limits: ['hits GetRecords'],
  evidence: byCalls('failed reads of the stream'),
});

export const kinesisActions = [streamProvisionedThroughputException, streamExpiredIteratorException] as const;
