/** The partition of the environment's table that wishes for an approval are in: IAM limits people to it by its name. */
export const approvalPartition = 'APPROVAL';
