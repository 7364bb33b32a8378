import { pauseReplication } from '../pause-replication.ts';

/** `aws:dynamodb:global-table-pause-replication`: holds back what a service sends to another Region, and the other way round. */
export const globalTablePauseReplication = pauseReplication(
  'aws:dynamodb:global-table-pause-replication',
  'both',
);
