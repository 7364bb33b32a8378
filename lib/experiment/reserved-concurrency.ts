import * as z from 'zod';

/** Lambda takes it from what all functions of the account share. */
export const reservedConcurrency = () =>
  z
    .number()
    .int()
    .min(2)
    .max(10)
    .optional()
    .describe(
      'Concurrent executions that Lambda keeps free for each of the two functions that stop faults from outside the runner, whatever else happens in the account (default none). Lambda keeps 100 unreserved, so that an account with a quota of 10, as new ones have, can reserve none.',
    );
