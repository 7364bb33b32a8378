/** Where the facts of the catalogue come from. The live service is authoritative: this is what its guide said then. */
export const userGuide = 'AWS FIS user guide, actions reference (read November 2026)';

/** FIS's shortest duration of most actions, in milliseconds. */
export const oneMinuteMs = 60_000;

/**
 * What FIS asks (aws.amazon.com/fis/pricing, read November 2026): a price for each minute that an action runs, however many targets it
 * has; minutes are rounded. Whether a wait is asked for is not told there.
 */
export const fisPrice = { usdPerActionMinute: 0.1, usdPerActionMinuteInGovCloud: 0.12 } as const;
