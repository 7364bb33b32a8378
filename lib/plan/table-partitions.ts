/** Partitions of the environment's table that IAM limits people to, by their names: wishes for an approval, and pauses. */
export const approvalPartition = 'APPROVAL';
export const pausePartition = 'PAUSE';

/** The beginning of the partitions that the logs of editions are in, and their index. */
export const gameDayPrefix = 'GAMEDAY#';

/** All partitions that game days alone write, as IAM matches them: no policy lets a person write there. */
export const gameDayPartitions = 'GAMEDAY*';

/** Wishes of game days for an approval of their runs: no policy lets a person write here, only the functions of game days do. */
export const gameDayApprovalPartition = 'GAMEDAYAPPROVAL';

/** The beginning of the partitions that wishes to end a run, or all, are in. */
export const haltPrefix = 'HALT#';
