import { SteadfastError } from '../../../experiment/steadfast-error.ts';
import type { Clock } from '../../../run/ports.ts';
import type { Link } from '../link.ts';
import type { AddedToxic, Toxic, ToxicCounters } from '../toxic.ts';
import { toxicTypes } from '../toxic-types.ts';
import type { ControlledToxic } from './controlled-toxic.ts';
import { sleepLong } from './time-to-live.ts';

/** A toxic that the control has put on a proxy and nobody has taken away, whatever the control still knows of it. */
export interface PlacedByControl {
  readonly proxy: string;
  readonly toxic: ControlledToxic;
  readonly counters: ToxicCounters;
  /** When its time to live is over; absent where it has none. */
  readonly expiresAtMs?: number | undefined;
}

interface Placed {
  readonly proxy: string;
  toxic: ControlledToxic;
  /** Undefined as long as the proxy has no link. */
  added: AddedToxic | undefined;
  /** Ends the time to live. */
  time: AbortController | undefined;
  expiresAtMs: number | undefined;
}

/** The toxics that the control has placed, for as long as they are in place, and the end of their time. */
export interface Placements {
  /** @throws SteadfastError `unknown-id` when there is no such type of toxic */
  readonly place: (proxy: string, link: Link | undefined, toxic: ControlledToxic, ttlMs: number) => number;
  readonly update: (handle: number, toxic: ControlledToxic, ttlMs: number | undefined) => void;
  readonly take: (handle: number) => void;
  readonly list: () => readonly PlacedByControl[];
  /** The proxy has a link now: its toxics go onto it, in their order. */
  attach(proxy: string, link: Link): void;
  /** The proxy's link is gone, its toxics stay. */
  detach(proxy: string): void;
  /** The proxy is gone, with its toxics. */
  drop(proxy: string): void;
  /** Calls no timer any more. */
  readonly close: () => void;
}

const nothingDone: ToxicCounters = { connections: 0, chunks: 0, bytes: 0, longestMs: 0 };

function made({ type: name, stream, toxicity, attributes }: ControlledToxic): Toxic {
  const type = toxicTypes.get(name);
  if (type === undefined) throw new SteadfastError('unknown-id', `there is no toxic '${name}'`);
  const direction = stream.toLowerCase() === 'upstream' ? 'upstream' : 'downstream';
  return type.make({ direction, toxicity }, attributes);
}

/** @param onExpired told of each toxic whose time is over, once it has been taken away */
export function createPlacements(
  clock: Clock,
  onExpired: (proxy: string, toxic: ControlledToxic) => void = () => undefined,
): Placements {
  const placed = new Map<number, Placed>();
  let handles = 0;

  const take = (handle: number): void => {
    const one = placed.get(handle);
    one?.time?.abort();
    one?.added?.remove();
    placed.delete(handle);
  };

  const live = async (handle: number, one: Placed, ttlMs: number): Promise<void> => {
    one.time?.abort();
    one.time = undefined;
    one.expiresAtMs = ttlMs > 0 ? clock.now() + ttlMs : undefined;
    if (ttlMs <= 0) return;
    const time = new AbortController();
    one.time = time;
    await sleepLong(clock, ttlMs, time.signal);
    if (time.signal.aborted) return;
    take(handle);
    onExpired(one.proxy, one.toxic);
  };

  const of = (proxy: string) => [...placed].filter(([, one]) => one.proxy === proxy);

  return {
    place: (proxy, link, toxic, ttlMs) => {
      const one: Placed = {
        proxy,
        toxic,
        added: link?.addToxic(made(toxic)),
        time: undefined,
        expiresAtMs: undefined,
      };
      handles += 1;
      placed.set(handles, one);
      void live(handles, one, ttlMs);
      return handles;
    },
    update: (handle, toxic, ttlMs) => {
      const one = placed.get(handle);
      if (one === undefined) return;
      one.toxic = toxic;
      one.added?.update(made(toxic));
      if (ttlMs !== undefined) void live(handle, one, ttlMs);
    },
    take,
    list: () =>
      [...placed.values()].map(({ proxy, toxic, added, expiresAtMs }) => ({
        proxy,
        toxic,
        counters: added?.counters() ?? nothingDone,
        expiresAtMs,
      })),
    attach: (proxy, link) => {
      for (const [, one] of of(proxy)) one.added = link.addToxic(made(one.toxic));
    },
    detach: (proxy) => {
      for (const [, one] of of(proxy)) one.added = undefined;
    },
    drop: (proxy) => {
      for (const [handle] of of(proxy)) take(handle);
    },
    close: () => {
      for (const one of placed.values()) one.time?.abort();
    },
  };
}
