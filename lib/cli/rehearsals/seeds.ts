/** Seeds that are drawn, not given: below this. */
export const seeds = 2 ** 31;
