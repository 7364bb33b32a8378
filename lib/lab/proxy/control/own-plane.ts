import { SteadfastError } from '../../../experiment/steadfast-error.ts';
import type { Clock, Random } from '../../../run/ports.ts';
import type { Link, LinkCounters, openLink } from '../link.ts';
import type { Direction } from '../toxic.ts';
import { type BytesByDirection, noTraffic } from '../traffic.ts';
import { addressText, isSameAddress, listenError, malformedAddress, readAddress } from './addresses.ts';
import type { ControlledToxic } from './controlled-toxic.ts';
import { cycleOf } from './cycles.ts';
import { openListener } from './open-listener.ts';
import { createPlacements, type PlacedByControl } from './placements.ts';
import type { Done, OwnProxies, Plane, PlaneProxy, ProxyChange, Refused, WantedProxy } from './plane.ts';
import { sleepLong } from './time-to-live.ts';

/** A proxy with what went through it since it was made, whatever was changed about it. */
export interface ProxyFigures extends PlaneProxy {
  readonly counters: LinkCounters;
  readonly bytes: BytesByDirection;
}

/** Proxies of this process's own, which a control makes and changes. */
export interface OwnPlane extends Plane {
  readonly own: OwnProxies;
  readonly figures: () => readonly ProxyFigures[];
  readonly placed: () => readonly PlacedByControl[];
  /** Ends every listener, connection and time to live; nothing can be made afterwards. */
  close(): Promise<void>;
}

interface Entry {
  readonly name: string;
  listen: string;
  upstream: string;
  link: Link | undefined;
  ttlMs: number | undefined;
  expiresAtMs: number | undefined;
  time: AbortController | undefined;
  /** What went through links that it had before. */
  past: Passed;
}

interface Passed {
  readonly counters: LinkCounters;
  readonly bytes: BytesByDirection;
}

export interface OwnPlaneOptions {
  readonly openLink: typeof openLink;
  /** Its own numbers for each proxy, so that what is drawn on one does not depend on what happens on another. */
  readonly randomOf: (proxy: string) => Random;
  readonly clock: Clock;
  /** Told of each proxy or toxic whose time to live is over. */
  readonly onExpired?: (proxy: string, toxic?: ControlledToxic) => void;
}

const nothing: Passed = {
  counters: { connections: 0, activeConnections: 0, bytes: 0, delayedChunks: 0 },
  bytes: noTraffic().bytes,
};

function passedBy({ past, link }: Pick<Entry, 'past' | 'link'>): Passed {
  if (link === undefined) return past;
  const [counters, bytes] = [link.counters(), link.bytesByDirection()];
  const sumOf = (direction: Direction) => ({
    received: past.bytes[direction].received + bytes[direction].received,
    sent: past.bytes[direction].sent + bytes[direction].sent,
  });
  return {
    counters: {
      connections: past.counters.connections + counters.connections,
      activeConnections: counters.activeConnections,
      bytes: past.counters.bytes + counters.bytes,
      delayedChunks: past.counters.delayedChunks + counters.delayedChunks,
    },
    bytes: { upstream: sumOf('upstream'), downstream: sumOf('downstream') },
  };
}

const notFound: Refused = { status: 404, error: 'proxy not found' };

export function createOwnPlane(options: OwnPlaneOptions): OwnPlane {
  const { clock, randomOf, onExpired = () => undefined } = options;
  const entries = new Map<string, Entry>();
  const placements = createPlacements(clock, onExpired);
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  /** One thing at a time: what opens and closes listeners takes a moment, in which nothing else may come in between. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = last.then(work, work);
    last = next;
    return next;
  };

  const shown = ({ name, listen, upstream, link, ttlMs, expiresAtMs }: Entry): PlaneProxy => ({
    name,
    listen,
    upstream,
    enabled: link !== undefined,
    ttlMs,
    expiresAtMs,
  });

  const start = async (entry: Entry): Promise<Refused | undefined> => {
    if (entry.link !== undefined) return undefined;
    const at = readAddress(entry.listen === '' ? ':0' : entry.listen);
    const upstream = readAddress(entry.upstream);
    if (at === undefined || upstream === undefined) {
      const text = at === undefined ? entry.listen : entry.upstream;
      return { status: 500, error: `listen tcp: ${malformedAddress(text)}` };
    }
    const cycle = cycleOf(entry, [...entries.values()]);
    if (cycle !== undefined) {
      const error = `bad request body: upstream: a cycle: ${cycle.join(' -> ')}`;
      return {
        status: 400,
        error,
        hint: 'a connection would never come out of it: let one of them lead to a service',
      };
    }
    const random = randomOf(entry.name);
    try {
      entry.link = await openListener(at, (listen) => options.openLink({ upstream, random, listen }));
    } catch (cause) {
      return { status: 500, error: listenError(at, cause) };
    }
    entry.listen = addressText(entry.link);
    placements.attach(entry.name, entry.link);
    return undefined;
  };

  const stop = async (entry: Entry): Promise<void> => {
    const { link } = entry;
    if (link === undefined) return;
    entry.link = undefined;
    placements.detach(entry.name);
    await link.closeGently();
    const { counters, bytes } = passedBy({ past: entry.past, link });
    entry.past = { counters: { ...counters, activeConnections: 0 }, bytes };
  };

  const remove = async (name: string): Promise<boolean> => {
    const entry = entries.get(name);
    if (entry === undefined) return false;
    entry.time?.abort();
    entries.delete(name);
    await stop(entry);
    placements.drop(name);
    return true;
  };

  const live = async (entry: Entry, ttlMs: number): Promise<void> => {
    entry.time?.abort();
    const isEndless = ttlMs <= 0;
    entry.ttlMs = isEndless ? undefined : ttlMs;
    entry.expiresAtMs = isEndless ? undefined : clock.now() + ttlMs;
    const time = isEndless ? undefined : new AbortController();
    entry.time = time;
    if (time === undefined) return;
    await sleepLong(clock, ttlMs, time.signal);
    await inTurn(async () => {
      if (time.signal.aborted || !(await remove(entry.name))) return;
      onExpired(entry.name);
    });
  };

  const open = async (wanted: WantedProxy): Promise<Done> => {
    const { name, listen, upstream, enabled, ttlMs = 0 } = wanted;
    if (closed) throw new SteadfastError('cannot-begin', 'the proxy is ending');
    if (entries.has(name)) return { refused: { status: 409, error: 'proxy already exists' } };
    const none = { link: undefined, ttlMs: undefined, expiresAtMs: undefined, time: undefined };
    const entry: Entry = { name, listen, upstream, ...none, past: nothing };
    const refused = enabled ? await start(entry) : undefined;
    if (refused !== undefined) return { refused };
    entries.set(name, entry);
    void live(entry, ttlMs);
    return { proxy: shown(entry) };
  };

  const change = async (name: string, wanted: ProxyChange): Promise<Done> => {
    const entry = entries.get(name);
    if (entry === undefined) return { refused: notFound };
    const isOn = entry.link !== undefined;
    const { listen = entry.listen, upstream = entry.upstream, enabled = isOn, ttlMs } = wanted;
    // As Toxiproxy, which resolves both: `localhost:5433` is no change where it listens at 127.0.0.1:5433.
    if (!isSameAddress(listen, entry.listen) || !isSameAddress(upstream, entry.upstream)) {
      await stop(entry);
      Object.assign(entry, { listen, upstream });
    }
    if (!enabled) await stop(entry);
    const refused = enabled ? await start(entry) : undefined;
    if (ttlMs !== undefined) void live(entry, ttlMs);
    return refused === undefined ? { proxy: shown(entry) } : { refused };
  };

  return {
    proxies: async () => [...entries.values()].map(shown),
    place: async (proxy, toxic, ttlMs) => {
      const entry = entries.get(proxy);
      if (entry === undefined) throw new SteadfastError('unknown-id', `there is no proxy '${proxy}'`);
      return placements.place(proxy, entry.link, toxic, ttlMs);
    },
    update: async (handle, toxic, ttlMs) => placements.update(handle, toxic, ttlMs),
    take: async (handle) => placements.take(handle),
    own: {
      open: (wanted) => inTurn(() => open(wanted)),
      change: (name, wanted) => inTurn(() => change(name, wanted)),
      close: (name) => inTurn(() => remove(name)),
    },
    figures: () => [...entries.values()].map((entry) => ({ ...shown(entry), ...passedBy(entry) })),
    placed: placements.list,
    close: () =>
      inTurn(async () => {
        closed = true;
        placements.close();
        const all = [...entries.values()];
        entries.clear();
        for (const { time } of all) time?.abort();
        await Promise.all(all.map(async ({ link }) => link?.close()));
      }),
  };
}
