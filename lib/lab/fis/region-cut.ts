import type { ActionContext } from './action-handler.ts';
import type { Cut } from './cut-ways.ts';
import { allWays, type KnownWay, regionOf } from './lab-ways.ts';

/** The links between the rest of the lab and what is in another Region, both ways; those of them that a fault means. */
export const regionCut = (
  region: string | undefined,
  isMeant: (way: KnownWay) => boolean,
  context: Pick<ActionContext, 'lab'>,
): Cut => ({
  ways: allWays(context).filter((way) => {
    const [from, to] = [regionOf(way.replica, context), way.leadsTo.region];
    const crosses = region === undefined ? from !== to : from !== to && (from === region || to === region);
    return crosses && isMeant(way);
  }),
  unreachable: new Map(),
});

/** What a lab needs for a fault between Regions. */
export const needsRegion = (action: string, what: string) => ({
  message: `${action}: ${what} has no link to, or from, a service of that Region`,
  hint: "give the other service its region, such as 'eu-central-1', and name it in uses",
});
