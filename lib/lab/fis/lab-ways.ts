import type { LabServiceFacts } from '../running-lab.ts';
import type { ActionContext } from './action-handler.ts';
import type { FaultyWay } from './why-unheld.ts';

/** A link, and what is known of where it leads. */
export interface KnownWay extends FaultyWay {
  readonly leadsTo: LabServiceFacts;
}

/** All links of a lab. */
export const allWays = ({ lab }: Pick<ActionContext, 'lab'>): readonly KnownWay[] =>
  lab.replicas.flatMap((replica) =>
    [...lab.links(replica.id)].flatMap(([to, link]) => {
      const leadsTo = lab.services.find(({ name }) => name === to);
      return leadsTo === undefined ? [] : [{ replica, to, link, leadsTo }];
    }),
  );

/** The Region of a replica's own service, where that is another one than the rest of the lab. */
export const regionOf = (
  { service }: { readonly service: string },
  { lab }: Pick<ActionContext, 'lab'>,
): string | undefined => lab.services.find(({ name }) => name === service)?.region;
