import type { ControlledToxic } from './controlled-toxic.ts';
import type { RemotePlane } from './remote-plane.ts';

interface Entry {
  readonly toxic: ControlledToxic;
  /** By which the data plane takes it away; undefined while it is being placed. */
  handle: number | undefined;
}

/**
 * What the control remembers of the toxics that it was told to add. It is kept in memory alone, as Toxiproxy keeps its own:
 * a control that is started anew has an empty book, whatever is on the links.
 */
export interface Book {
  toxicsOf(proxy: string): readonly ControlledToxic[];
  /** False when there is one of that name already. */
  add(proxy: string, toxic: ControlledToxic): Promise<boolean>;
  /** False when the book knows none of that name. */
  remove(proxy: string, name: string): Promise<boolean>;
  /** Removes all that the book knows. */
  reset(): Promise<void>;
}

export function createBook(plane: RemotePlane): Book {
  const entries = new Map<string, Map<string, Entry>>();

  const remove = async (proxy: string, name: string): Promise<boolean> => {
    const found = entries.get(proxy)?.get(name);
    if (found?.handle === undefined) return false;
    entries.get(proxy)?.delete(name);
    await plane.take(found.handle);
    return true;
  };

  return {
    toxicsOf: (proxy) => [...(entries.get(proxy)?.values() ?? [])].map(({ toxic }) => toxic),
    add: async (proxy, toxic) => {
      const known = entries.get(proxy) ?? new Map<string, Entry>();
      if (known.has(toxic.name)) return false;
      const entry: Entry = { toxic, handle: undefined };
      entries.set(proxy, known.set(toxic.name, entry));
      try {
        entry.handle = await plane.place(proxy, toxic);
      } catch (thrown) {
        known.delete(toxic.name);
        throw thrown;
      }
      return true;
    },
    remove,
    reset: async () => {
      const all = [...entries].flatMap(([proxy, known]) =>
        [...known.keys()].map((name) => ({ proxy, name })),
      );
      await Promise.all(all.map(({ proxy, name }) => remove(proxy, name)));
    },
  };
}
