import type { ActionHandler } from '../action-handler.ts';
import { cutWays } from '../cut-ways.ts';
import { durationMsOf } from '../duration-of.ts';
import { needsRegion, regionCut } from '../region-cut.ts';

const id = 'aws:network:route-table-disrupt-cross-region-connectivity';

/** `aws:network:route-table-disrupt-cross-region-connectivity`: cuts what is in the zones hit off from services of another Region. */
export const routeTableDisruptCrossRegionConnectivity: ActionHandler = {
  id,
  carryOut: (context) => {
    const { parameters, resources } = context;
    const zones = resources.flatMap(({ zone }) => zone ?? []);
    // The route tables of the subnets that are hit; what comes from the other Region finds no way back.
    const cutNow = () =>
      regionCut(
        parameters['region'] ?? '',
        ({ replica, leadsTo }) =>
          (replica.zone !== undefined && zones.includes(replica.zone)) ||
          (leadsTo.zones.length > 0 && leadsTo.zones.every((zone) => zones.includes(zone))),
        context,
      );
    return cutWays(
      cutNow,
      durationMsOf(id, parameters),
      needsRegion(id, `what is in ${zones.join(', ')}`),
      context,
    );
  },
};
