import type { Clock } from '../../../run/ports.ts';
import type { ControlledToxic } from './controlled-toxic.ts';
import type { Plane } from './plane.ts';

/** A toxic that the control knows of. */
export interface KnownToxic {
  readonly toxic: ControlledToxic;
  /** Absent where it stays until it is taken away. */
  readonly ttlMs?: number;
  readonly expiresAtMs?: number;
}

interface Entry {
  known: KnownToxic;
  /** By which the plane takes it away; undefined while it is being placed. */
  handle: number | undefined;
}

/**
 * What the control remembers of the toxics that it was told to add. It is kept in memory alone, as Toxiproxy keeps its own:
 * a control that is started anew has an empty book, whatever is on the links. What has outlived its time is no longer in it.
 */
export interface Book {
  /** Those of the stream to the service first, then those of the answers, each in the order in which they were added. */
  toxicsOf(proxy: string): readonly KnownToxic[];
  find(proxy: string, name: string): KnownToxic | undefined;
  /** Undefined when there is one of that name already. */
  add(proxy: string, toxic: ControlledToxic, ttlMs: number): Promise<KnownToxic | undefined>;
  /** Undefined when the book knows none of that name. */
  update(proxy: string, toxic: ControlledToxic, ttlMs: number | undefined): Promise<KnownToxic | undefined>;
  /** False when the book knows none of that name. */
  remove(proxy: string, name: string): Promise<boolean>;
  /** Removes all that the book knows of a proxy, or of all. */
  clear(proxy?: string): Promise<void>;
  /** The proxy is gone, and its toxics with it. */
  forget(proxy: string): void;
}

const isUpstream = ({ toxic }: KnownToxic): boolean => toxic.stream.toLowerCase() === 'upstream';

export function createBook(plane: Pick<Plane, 'place' | 'update' | 'take'>, clock: Clock): Book {
  const entries = new Map<string, Map<string, Entry>>();

  const isOver = ({ expiresAtMs }: KnownToxic): boolean =>
    expiresAtMs !== undefined && clock.now() >= expiresAtMs;

  /** What is still known of a proxy. The plane ends a time to live by itself: here it is only forgotten. */
  const of = (proxy: string): Map<string, Entry> => {
    const known = entries.get(proxy) ?? new Map<string, Entry>();
    for (const [name, entry] of known) if (isOver(entry.known)) known.delete(name);
    entries.set(proxy, known);
    return known;
  };

  const withTime = (toxic: ControlledToxic, ttlMs: number): KnownToxic =>
    ttlMs > 0 ? { toxic, ttlMs, expiresAtMs: clock.now() + ttlMs } : { toxic };

  const remove = async (proxy: string, name: string): Promise<boolean> => {
    const found = of(proxy).get(name);
    if (found?.handle === undefined) return false;
    of(proxy).delete(name);
    await plane.take(found.handle);
    return true;
  };

  return {
    toxicsOf: (proxy) => {
      const all = [...of(proxy).values()].map(({ known }) => known);
      return [...all.filter(isUpstream), ...all.filter((known) => !isUpstream(known))];
    },
    find: (proxy, name) => of(proxy).get(name)?.known,
    add: async (proxy, toxic, ttlMs) => {
      const known = of(proxy);
      if (known.has(toxic.name)) return undefined;
      const entry: Entry = { known: withTime(toxic, ttlMs), handle: undefined };
      known.set(toxic.name, entry);
      try {
        entry.handle = await plane.place(proxy, toxic, ttlMs);
      } catch (thrown) {
        known.delete(toxic.name);
        throw thrown;
      }
      return entry.known;
    },
    update: async (proxy, toxic, ttlMs) => {
      const entry = of(proxy).get(toxic.name);
      if (entry?.handle === undefined) return undefined;
      entry.known = ttlMs === undefined ? { ...entry.known, toxic } : withTime(toxic, ttlMs);
      await plane.update(entry.handle, toxic, ttlMs);
      return entry.known;
    },
    remove,
    clear: async (proxy) => {
      const proxies = proxy === undefined ? [...entries.keys()] : [proxy];
      const all = proxies.flatMap((one) => [...of(one).keys()].map((name) => [one, name] as const));
      await Promise.all(all.map(([one, name]) => remove(one, name)));
    },
    forget: (proxy) => void entries.delete(proxy),
  };
}
