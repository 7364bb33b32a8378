/** Partitions of the environment's table that IAM limits people to, by their names: wishes for an approval, and pauses. */
export const approvalPartition = 'APPROVAL';
export const pausePartition = 'PAUSE';

/** The beginning of the partitions that wishes to end a run, or all, are in. */
export const haltPrefix = 'HALT#';
