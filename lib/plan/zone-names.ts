/** The letter of a zone's name in AWS: `a` of `eu-west-1a`, and of a local zone, `us-west-2-lax-1a` (EC2 user guide, "Regions and Zones"). */
const letterOf = (name: string): string | undefined =>
  /^[a-z]{2}(?:-[a-z]+)+(?:-\d+(?:-[a-z]+)?)*-\d+([a-z])$/.exec(name)?.[1];

/**
 * Whether a lab's zone plays the one that an experiment names: it is called the same, or by the letter at the end, as `a` for
 * `eu-west-1a`. A zone's id, `euw1-az1`, tells no letter, since each account has its own: only a zone that is called so plays it.
 */
export const playsZone = (zone: string, named: string): boolean => zone === named || zone === letterOf(named);
