import * as z from 'zod';
import { shareOf } from '../share-of.ts';
import { numberText, standIn } from '../stand-in.ts';
import { terminate } from '../terminate.ts';

/** `aws:eks:terminate-nodegroup-instances`: ends a share of each service's replicas for good, each of which plays a node. */
export const terminateNodegroupInstances = standIn({
  id: 'aws:eks:terminate-nodegroup-instances',
  parameters: z.object({ instanceTerminationPercentage: numberText(1, 100) }),
  carryOut: async (context, { instanceTerminationPercentage: percent }) => {
    const { drawn, vain } = shareOf(context, percent);
    return vain ?? terminate(context, drawn);
  },
});
