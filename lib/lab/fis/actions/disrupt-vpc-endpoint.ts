import type { ActionHandler } from '../action-handler.ts';
import { cutWays } from '../cut-ways.ts';
import { durationMsOf } from '../duration-of.ts';
import { allWays } from '../lab-ways.ts';

const id = 'aws:network:disrupt-vpc-endpoint';

/** `aws:network:disrupt-vpc-endpoint`: cuts all links that lead to a service, as if its endpoint let nothing in. */
export const disruptVpcEndpoint: ActionHandler = {
  id,
  carryOut: (context) => {
    const services = context.resources.map(({ service }) => service);
    const cut = { ways: allWays(context).filter(({ to }) => services.includes(to)), unreachable: new Map() };
    const nothing = {
      message: `${id}: no link leads to ${services.join(', ')}`,
      hint: `name ${services.join(', ')} in the uses of another service`,
    };
    return cutWays(() => cut, durationMsOf(id, context.parameters), nothing, context);
  },
};
