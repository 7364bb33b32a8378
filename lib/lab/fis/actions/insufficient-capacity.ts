import * as z from 'zod';
import { playsZone } from '../../../plan/zone-names.ts';
import { durationMs, listText, numberText, standIn } from '../stand-in.ts';

/** Refuses a share of the launches of the targets' replicas in some zones; those are launched when it ends. */
const insufficientCapacity = (id: string) =>
  standIn({
    id,
    // The default is FIS's own for groups; for roles a plan says it (actions reference).
    parameters: z.object({
      duration: durationMs(),
      availabilityZoneIdentifiers: listText(),
      percentage: numberText(1, 100).prefault('100'),
    }),
    carryOut: async (
      { lab, targets, clock, signal, random },
      { duration, availabilityZoneIdentifiers: zones, percentage },
    ) => {
      const isThere = ({ zone }: { readonly zone?: string }) =>
        zone !== undefined && zones.some((named) => playsZone(zone, named));
      const ids = new Set(targets.filter(isThere).map((replica) => replica.id));
      const shortage = lab.launches.refuse((replica) => ids.has(replica.id), percentage / 100, random);
      try {
        await clock.sleep(duration, signal);
      } finally {
        await shortage.end();
      }
      const refused = shortage.refused();
      if (refused.length > 0)
        return { bit: true, evidence: `launches of ${refused.join(', ')} were refused` };
      return {
        bit: false,
        evidence: 'no launch was refused',
        likely:
          ids.size === 0
            ? `none of the replicas is in ${zones.join(', ')}`
            : `nothing of ${[...ids].join(', ')} had to be launched meanwhile`,
      };
    },
  });

export const apiInsufficientCapacity = insufficientCapacity(
  'aws:ec2:api-insufficient-instance-capacity-error',
);
export const asgInsufficientCapacity = insufficientCapacity(
  'aws:ec2:asg-insufficient-instance-capacity-error',
);
