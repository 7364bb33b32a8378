import type { ActionHandler } from '../action-handler.ts';
import { cutWays } from '../cut-ways.ts';
import { durationMsOf } from '../duration-of.ts';
import { needsRegion, regionCut } from '../region-cut.ts';

const id = 'aws:network:transit-gateway-disrupt-cross-region-connectivity';

/** `aws:network:transit-gateway-disrupt-cross-region-connectivity`: cuts all links between the lab and another Region. */
export const transitGatewayDisruptCrossRegionConnectivity: ActionHandler = {
  id,
  carryOut: (context) => {
    const { parameters } = context;
    const cut = regionCut(parameters['region'] ?? '', () => true, context);
    return cutWays(() => cut, durationMsOf(id, parameters), needsRegion(id, 'the lab'), context);
  },
};
