import type { Outside } from '../aws/outside.ts';

/** The time of day, in milliseconds since 1970. */
export const nowOf = ({ clock }: Outside): number => clock.timeOfDay?.() ?? clock.now();
