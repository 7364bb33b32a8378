import type { ActionHandler } from './action-handler.ts';
import { cutWays } from './cut-ways.ts';
import { durationMsOf } from './duration-of.ts';
import { needsRegion, regionCut } from './region-cut.ts';

/**
 * A stand-in for an action that pauses replication: what a service and its counterpart of another Region send each other is held back,
 * and goes on afterwards.
 *
 * @param ways `both`, or only what the service itself sends
 */
export const pauseReplication = (id: string, ways: 'both' | 'from'): ActionHandler => ({
  id,
  carryOut: (context) => {
    const { parameters, resources } = context;
    const services = resources.map(({ service }) => service);
    const destinations = parameters['destinationBuckets']?.split(',');
    const cut = regionCut(
      parameters['region'],
      ({ replica, to }) =>
        (services.includes(replica.service) && (destinations?.includes(to) ?? true)) ||
        (ways === 'both' && services.includes(to)),
      context,
    );
    return cutWays(() => cut, durationMsOf(id, parameters), needsRegion(id, services.join(', ')), context);
  },
});
