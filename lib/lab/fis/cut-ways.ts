import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Direction, Toxic, ToxicCounters } from '../proxy/toxic.ts';
import type { ActionContext, Bite } from './action-handler.ts';
import { type FaultyWay, whyUnheld } from './why-unheld.ts';

/** Everything that a fault cuts. */
export interface Cut {
  readonly ways: readonly FaultyWay[];
  /** The replicas that the balancer of a service can no longer reach. */
  readonly unreachable: ReadonlyMap<string, readonly string[]>;
}

/**
 * A load balancer finds out by two health checks in a row that fail, and asks at the shortest every five seconds (Application Load
 * Balancers guide, "Health checks": `HealthCheckIntervalSeconds` from 5, `UnhealthyThresholdCount` from 2).
 */
export const foundOutMs = 10_000;

/**
 * Holds everything back, as a network that drops packets does for a sender that sends them again: when it is taken away, all goes on. A
 * new connection is taken, and nothing comes of it.
 */
export const held = (direction: Direction): Toxic => ({
  direction,
  toxicity: 1,
  accept: () => ({ holdMs: Number.POSITIVE_INFINITY }),
  affect: () => ({ pass: (piece) => [{ piece, holdMs: Number.POSITIVE_INFINITY }] }),
});

const counted = (one: ToxicCounters, other: ToxicCounters): ToxicCounters => ({
  connections: Math.max(one.connections, other.connections),
  chunks: one.chunks + other.chunks,
  bytes: one.bytes + other.bytes,
  longestMs: Math.max(one.longestMs, other.longestMs),
});

const evidenceOf = (way: string, { chunks, bytes, connections }: ToxicCounters) =>
  chunks === 0
    ? `${way}: cut, and nothing was sent`
    : `${way}: cut, ${chunks} pieces (${bytes} bytes) of ${connections} connections held back`;

/** A link that is held, until it no longer crosses what is cut. */
function holdBack(way: FaultyWay) {
  const before = way.link.counters();
  const toxics = (['upstream', 'downstream'] as const).map((direction) => way.link.addToxic(held(direction)));
  const counters = () => toxics.map((toxic) => toxic.counters()).reduce(counted);
  let isOn = true;
  return {
    ...way,
    before,
    toxic: { counters },
    isOn: () => isOn,
    release: () => {
      isOn = false;
      for (const toxic of toxics) toxic.remove();
    },
  };
}

/**
 * Cuts links, and keeps replicas from their balancers, for as long as an action lasts. Where a database moves meanwhile, other links
 * lead across the cut.
 *
 * @param cutNow what is cut, as things are when it is asked
 * @param nothing what to tell where there is nothing to cut: why, and what a lab needs
 * @throws SteadfastError `invalid` where there is nothing to cut
 */
export async function cutWays(
  cutNow: () => Cut,
  durationMs: number,
  nothing: { readonly message: string; readonly hint: string },
  { lab, clock, signal }: Pick<ActionContext, 'lab' | 'clock' | 'signal'>,
): Promise<Bite> {
  const { ways, unreachable } = cutNow();
  const balanced = [...unreachable].flatMap(([service, replicas]) => {
    const balancer = lab.balancer(service);
    return balancer === undefined || replicas.length === 0 ? [] : [{ service, replicas, balancer }];
  });
  if (ways.length + balanced.length === 0)
    throw new SteadfastError('invalid', nothing.message, { hint: nothing.hint });
  const watched = ways.map(holdBack);
  const leave = lab.writers.onMove(() => {
    const cut = cutNow().ways;
    for (const one of watched) if (!cut.some(({ link }) => link === one.link)) one.release();
    for (const way of cut)
      if (!watched.some((one) => one.isOn() && one.link === way.link)) watched.push(holdBack(way));
  });
  const kept = balanced.map(({ service, replicas, balancer }) => ({
    service,
    replicas,
    giveBack: balancer.keepFrom(replicas, foundOutMs * lab.pace),
  }));
  let likely: string | undefined;
  const given: string[] = [];
  let missed = 0;
  try {
    await clock.sleep(durationMs, signal);
    if (watched.every(({ toxic }) => toxic.counters().chunks === 0)) likely = whyUnheld(watched, lab);
  } finally {
    leave();
    for (const one of watched) one.release();
    for (const { service, replicas, giveBack } of kept) {
      const { hung = 0, passedOver = 0 } = (await giveBack()) ?? {};
      missed += hung + passedOver;
      given.push(
        `the balancer of ${service} could not reach ${replicas.join(', ')}: ${hung} requests hung, ${passedOver} went to others`,
      );
    }
  }
  const cut = watched.map(({ replica, to, toxic }) => ({
    way: `${replica.id} to ${to}`,
    counters: toxic.counters(),
  }));
  const bit = missed > 0 || cut.some(({ counters }) => counters.chunks > 0);
  return {
    bit,
    evidence: [...cut.map(({ way, counters }) => evidenceOf(way, counters)), ...given].join('; '),
    ...(bit || likely === undefined ? {} : { likely }),
  };
}
