import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { ActionContext } from './action-handler.ts';
import type { Cut } from './cut-ways.ts';
import { allWays, type KnownWay } from './lab-ways.ts';

/** Whether a link is cut, by the zones whose subnets are hit. */
type Rule = (way: KnownWay, isHit: (zone: string | undefined) => boolean) => boolean;

/** Nothing of the service is elsewhere: the traffic stays inside the subnet, which no ACL sees. */
const staysInside = ({ replica, leadsTo: { zones } }: KnownWay) =>
  zones.length > 0 && zones.every((zone) => zone === replica.zone);

/** Where everything that a service has is hit. Of one that is only partly, its balancer is told. */
const isWhollyHit = ({ leadsTo: { zones } }: KnownWay, isHit: Parameters<Rule>[1]) =>
  zones.length > 0 && zones.every(isHit);

const playing =
  (...apis: readonly string[]): Rule =>
  ({ replica, leadsTo }, isHit) =>
    isHit(replica.zone) && (leadsTo.apis ?? []).some((api) => apis.includes(api));

/**
 * What each scope of `aws:network:disrupt-connectivity` denies. What names no zone in a lab is not in the VPC: a service of the Region,
 * or of somebody else.
 */
const scopes: Readonly<Record<string, Rule>> = {
  all: (way, isHit) => !staysInside(way) && (isHit(way.replica.zone) || isWhollyHit(way, isHit)),
  'availability-zone': (way, isHit) => {
    const { replica, leadsTo } = way;
    if (replica.zone === undefined || leadsTo.zones.length === 0 || leadsTo.zones.includes(replica.zone))
      return false;
    return isHit(replica.zone) || isWhollyHit(way, isHit);
  },
  vpc: ({ replica, leadsTo }, isHit) => isHit(replica.zone) && leadsTo.zones.length === 0,
  dynamodb: playing('dynamodb'),
  s3: playing('s3'),
  s3express: playing('s3express'),
};

/**
 * What a fault on subnets cuts.
 *
 * @param listed with the scope `prefix-list`: the services that the list stands for
 * @throws SteadfastError `invalid` for a scope that FIS does not have
 */
export function zoneCut(
  scope: string,
  zones: readonly string[],
  listed: readonly string[],
  context: Pick<ActionContext, 'lab'>,
): Cut {
  const isHit = (zone: string | undefined) => zone !== undefined && zones.includes(zone);
  const rule: Rule | undefined =
    scope === 'prefix-list' ? ({ replica, to }) => isHit(replica.zone) && listed.includes(to) : scopes[scope];
  if (rule === undefined)
    throw new SteadfastError('invalid', `aws:network:disrupt-connectivity: '${scope}' is no scope of it`, {
      hint: `FIS has ${[...Object.keys(scopes), 'prefix-list'].join(', ')}`,
    });
  const hit = context.lab.replicas.filter(({ zone }) => isHit(zone));
  return {
    ways: allWays(context).filter((way) => rule(way, isHit)),
    // A balancer has a part in each zone: only a zone that lets nothing in keeps it from what is there.
    unreachable:
      scope === 'all'
        ? new Map(
            [...Map.groupBy(hit, ({ service }) => service)].map(([service, replicas]) => [
              service,
              replicas.map(({ id }) => id),
            ]),
          )
        : new Map(),
  };
}
