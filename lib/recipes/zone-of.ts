import type { Subject } from './subject.ts';

/** The first Availability Zone of the Region that a service runs in; undefined in labs, which have none. */
export const zoneOf = ({ targets }: Subject): string | undefined => {
  const region = targets.find((target) => target.region !== undefined)?.region;
  return region === undefined ? undefined : `${region}a`;
};
