import { pauseReplication } from '../pause-replication.ts';

/** `aws:memorydb:multi-region-cluster-pause-replication`: holds back what a service sends to another Region, and the other way round. */
export const multiRegionClusterPauseReplication = pauseReplication(
  'aws:memorydb:multi-region-cluster-pause-replication',
  'both',
);
