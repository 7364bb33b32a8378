import { pauseReplication } from '../pause-replication.ts';

/** `aws:s3:bucket-pause-replication`: holds back what a service sends to another Region. */
export const bucketPauseReplication = pauseReplication('aws:s3:bucket-pause-replication', 'from');
