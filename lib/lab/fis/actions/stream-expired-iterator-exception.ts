import { faultStream } from '../fault-stream.ts';

/** `aws:kinesis:stream-expired-iterator-exception`: lets reads of a stream fail as if they came too late. */
export const streamExpiredIteratorException = faultStream(
  'aws:kinesis:stream-expired-iterator-exception',
  ['GetRecords'],
  { code: 'ExpiredIteratorException', message: 'Iterator expired' },
);
