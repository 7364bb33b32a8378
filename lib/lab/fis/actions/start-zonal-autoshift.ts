import { SteadfastError } from '../../../experiment/steadfast-error.ts';
import { playsZone } from '../../../plan/zone-names.ts';
import type { ActionHandler } from '../action-handler.ts';
import { durationMsOf } from '../duration-of.ts';

const id = 'aws:arc:start-zonal-autoshift';

/** What a lab's balancer is, and whether it would be shifted by itself (actions reference, aws:arc:start-zonal-autoshift). */
const played = { managedResourceTypes: ['ALB', 'NLB'], zonalAutoshiftStatus: ['ENABLED', 'ANY'] } as const;

/** `aws:arc:start-zonal-autoshift`: the balancers of services send nothing to their replicas in one zone. */
export const startZonalAutoshift: ActionHandler = {
  id,
  carryOut: async ({ lab, parameters, resources, clock, signal }) => {
    const {
      availabilityZoneIdentifier = '',
      managedResourceTypes = 'ALB',
      zonalAutoshiftStatus = 'ENABLED',
    } = parameters;
    const isMeant =
      managedResourceTypes
        .split(',')
        .some((kind) => played.managedResourceTypes.some((one) => one === kind)) &&
      played.zonalAutoshiftStatus.some((one) => one === zonalAutoshiftStatus);
    const shifted = resources.flatMap(({ service, replicas }) => {
      const leaving = replicas.filter(
        ({ zone }) => zone !== undefined && playsZone(zone, availabilityZoneIdentifier),
      );
      const balancer = lab.balancer(service);
      return !isMeant || balancer === undefined || leaving.length === 0
        ? []
        : [{ service, balancer, leaving: leaving.map((replica) => replica.id) }];
    });
    if (shifted.length === 0) {
      throw new SteadfastError(
        'invalid',
        `${id}: no balancer of a lab, which plays load balancers whose autoshift is on, has a replica in ${availabilityZoneIdentifier}`,
        { hint: "give the service several replicas, and zones, such as ['a', 'b']" },
      );
    }
    const kept = shifted.map(({ service, balancer, leaving }) => ({
      service,
      leaving,
      // A shift is no failure: nothing hangs.
      giveBack: balancer.keepFrom(leaving, 0),
    }));
    let passed = 0;
    const evidence: string[] = [];
    try {
      await clock.sleep(durationMsOf(id, parameters), signal);
    } finally {
      for (const { service, leaving, giveBack } of kept) {
        const { passedOver = 0 } = (await giveBack()) ?? {};
        passed += passedOver;
        evidence.push(
          `the balancer of ${service} sent ${passedOver} requests to others in place of ${leaving.join(', ')}`,
        );
      }
    }
    return { bit: passed > 0, evidence: evidence.join('; ') };
  },
};
