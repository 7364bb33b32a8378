/** Whoever has not answered by then is asleep: the lease keeps others from the services all the while. */
export const longestApprovalMs = 4 * 3_600_000;
