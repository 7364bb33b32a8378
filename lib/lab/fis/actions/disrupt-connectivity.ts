import type { ActionHandler } from '../action-handler.ts';
import { cutWays } from '../cut-ways.ts';
import { durationMsOf } from '../duration-of.ts';
import { zoneCut } from '../zone-cut.ts';

const id = 'aws:network:disrupt-connectivity';

/** `aws:network:disrupt-connectivity`: cuts the links from and to what is in the zones whose subnets are hit. */
export const disruptConnectivity: ActionHandler = {
  id,
  carryOut: (context) => {
    const { parameters, resources } = context;
    const { scope = 'all', prefixListIdentifier = '' } = parameters;
    const zones = resources.flatMap(({ zone }) => zone ?? []);
    const cutNow = () => zoneCut(scope, zones, prefixListIdentifier.split(','), context);
    const nothing = {
      message: `${id}: nothing in ${zones.join(', ')} has a link that the scope '${scope}' cuts`,
      hint: 'give services zones, and what they use another zone, or none for what is outside of the VPC',
    };
    return cutWays(cutNow, durationMsOf(id, parameters), nothing, context);
  },
};
