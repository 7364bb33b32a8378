import { SteadfastError } from '../../../experiment/steadfast-error.ts';
import { refuse } from '../../proxy/toxics/down.ts';
import type { ActionHandler } from '../action-handler.ts';
import { durationMsOf, wholeNumberOf } from '../duration-of.ts';
import { allWays } from '../lab-ways.ts';

const id = 'aws:dsql:cluster-connection-failure';

/** `aws:dsql:cluster-connection-failure`: resets a share of the new connections to a database, on the links that lead to it. */
export const clusterConnectionFailure: ActionHandler = {
  id,
  carryOut: async (context) => {
    const { parameters, resources, clock, signal } = context;
    const durationMs = durationMsOf(id, parameters);
    const share = wholeNumberOf(id, parameters['percentage'] ?? '100', 'percentage of connections', [1, 100]);
    const services = resources.map(({ service }) => service);
    const ways = allWays(context).filter(({ to }) => services.includes(to));
    if (ways.length === 0) {
      throw new SteadfastError('invalid', `${id}: no link leads to ${services.join(', ')}`, {
        hint: `name ${services.join(', ')} in the uses of another service`,
      });
    }
    const watched = ways.map(({ replica, to, link }) => ({
      way: `${replica.id} to ${to}`,
      before: link.counters().connections,
      link,
      toxic: link.addToxic(refuse({ direction: 'upstream', toxicity: share / 100 })),
    }));
    try {
      await clock.sleep(durationMs, signal);
    } finally {
      for (const { toxic } of watched) toxic.remove();
    }
    const counts = watched.map(({ way, before, link, toxic }) => ({
      way,
      made: link.counters().connections - before,
      refused: toxic.counters().chunks,
    }));
    const bit = counts.some((count) => count.refused > 0);
    return {
      bit,
      evidence: counts
        .map((count) => `${count.way}: ${count.refused} of ${count.made} new connections refused`)
        .join('; '),
      ...(bit
        ? {}
        : {
            likely: counts.every(({ made }) => made === 0)
              ? `no connection to ${services.join(', ')} was made during the fault: those that are open go on`
              : 'the fault was drawn for none of the connections that were made',
          }),
    };
  },
};
