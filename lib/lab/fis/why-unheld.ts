import { leadsTo } from '../connections/leads-to.ts';
import type { Link, LinkCounters } from '../proxy/link.ts';
import type { AddedToxic } from '../proxy/toxic.ts';
import type { Replica } from '../running-lab.ts';
import type { FaultyLab } from './action-handler.ts';

/** One link that a fault acts on. */
export interface FaultyWay {
  readonly replica: Replica;
  /** The service that the link leads to. */
  readonly to: string;
  readonly link: Link;
}

/** The same with the fault on it. */
export interface WatchedWay extends FaultyWay {
  /** What had gone over the link before the fault. */
  readonly before: LinkCounters;
  readonly toxic: Pick<AddedToxic, 'counters'>;
}

/** All ways from one service to another. */
interface Route {
  readonly from: string;
  readonly to: string;
  /** Connections of the service's processes to the real address, and to the links; undefined where nobody could look. */
  readonly direct: number | undefined;
  readonly through: number;
  /** Connections that the links hold now. */
  readonly open: number;
  /** Those that the fault was drawn for. */
  readonly affected: number;
  /** What went over the links during the fault, both ways. */
  readonly bytes: number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const connections = (count: number) => (count === 1 ? '1 connection' : `${count} connections`);

function routeOf(from: string, to: string, ways: readonly WatchedWay[], lab: FaultyLab): Route {
  const looks = ways.map(({ replica, link }) => {
    const ends = lab.connections(replica.id);
    return {
      direct: ends?.filter((end) => leadsTo(end, link.upstream)).length,
      through: ends?.filter((end) => leadsTo(end, link)).length ?? 0,
    };
  });
  const seen = looks.flatMap(({ direct }) => direct ?? []);
  const now = ways.map(({ link, before }) => ({ ...link.counters(), before }));
  return {
    from,
    to,
    direct: seen.length === 0 ? undefined : sum(seen),
    through: sum(looks.map(({ through }) => through)),
    open: sum(now.map(({ activeConnections }) => activeConnections)),
    affected: sum(ways.map(({ toxic }) => toxic.counters().connections)),
    bytes: sum(now.map(({ bytes, before }) => bytes - before.bytes)),
  };
}

function reasonOf({ from, to, direct = 0, through, open, affected, bytes }: Route): string {
  if (direct > 0) {
    const others = through === 0 ? 'none go' : `${through} ${through === 1 ? 'goes' : 'go'}`;
    return `${from} holds ${connections(direct)} to the ${to}'s own port; ${others} through the link`;
  }
  const link = `the link from ${from} to the ${to}`;
  if (open === 0 && affected === 0 && bytes === 0)
    return `nothing went over ${link} during the fault, and no connection is open on it`;
  if (affected === 0)
    return `the fault was drawn for none of the connections of ${link}: it acts on a share of them only`;
  return bytes === 0
    ? `${link} holds ${connections(open)}, but nothing was sent over ${open === 1 ? 'it' : 'them'} during the fault`
    : `${bytes} bytes went over ${link} during the fault, none of them in the direction that the fault acts on`;
}

/**
 * Why a fault on links held nothing back, as far as it can be seen while the fault is still on: where the processes are really
 * connected to, else what the links saw. One sentence for each pair of services, without a full stop; undefined where there is no link.
 */
export function whyUnheld(ways: readonly WatchedWay[], lab: FaultyLab): string | undefined {
  const routes = Map.groupBy(ways, ({ replica, to }) => JSON.stringify([replica.service, to]));
  const reasons = [...routes.values()].flatMap((of) => {
    const [first] = of;
    return first === undefined ? [] : [reasonOf(routeOf(first.replica.service, first.to, of, lab))];
  });
  return reasons.length === 0 ? undefined : reasons.join('; ');
}
