import { faultStream } from '../fault-stream.ts';

/** `aws:kinesis:stream-provisioned-throughput-exception`: lets reads and writes of a stream fail as if they were too many. */
export const streamProvisionedThroughputException = faultStream(
  'aws:kinesis:stream-provisioned-throughput-exception',
  ['GetRecords', 'GetShardIterator', 'PutRecord', 'PutRecords'],
  { code: 'ProvisionedThroughputExceededException', message: 'Rate exceeded for shard' },
);
