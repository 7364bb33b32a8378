import * as z from 'zod';
import { SteadfastError } from '../../../experiment/steadfast-error.ts';
import type { Link } from '../link.ts';
import type { AddedToxic, ToxicCounters } from '../toxic.ts';
import { toxicTypes } from '../toxic-types.ts';
import type { ControlledToxic } from './controlled-toxic.ts';

/** A link as the control shows it. */
export const proxySchema = z.strictObject({ name: z.string(), listen: z.string(), upstream: z.string() });
export type LinkProxy = z.output<typeof proxySchema>;

/** A toxic that the control has put on a link and nobody has taken away, whatever the control still knows of it. */
export interface PlacedByControl {
  readonly proxy: string;
  readonly toxic: ControlledToxic;
  readonly counters: ToxicCounters;
}

/** What carries the bytes: it does what the control tells it, and remembers it for as long as the lab lives. */
export interface DataPlane {
  proxies(): readonly LinkProxy[];
  /**
   * Puts a toxic on a link.
   *
   * @returns a number by which it is taken away
   * @throws SteadfastError `unknown-id` when there is no such link or type of toxic
   */
  place(proxy: string, toxic: ControlledToxic): number;
  /** Taking away what is gone is no error. */
  take(handle: number): void;
  placed(): readonly PlacedByControl[];
}

/** What a link is called by the control: `shop-1-to-database`. */
export const proxyName = (replica: string, to: string): string => `${replica}-to-${to}`;

const text = ({ host, port }: { readonly host: string; readonly port: number }) => `${host}:${port}`;

/** @param replicas all there are by now: links come to be while a lab starts */
export function createDataPlane(
  replicas: () => readonly { readonly id: string; readonly links: ReadonlyMap<string, Link> }[],
): DataPlane {
  const placed = new Map<number, Omit<PlacedByControl, 'counters'> & { readonly added: AddedToxic }>();
  let handles = 0;
  const links = () =>
    replicas().flatMap(({ id, links: own }) =>
      [...own].map(([to, link]) => ({ name: proxyName(id, to), link })),
    );
  return {
    proxies: () =>
      links().map(({ name, link }) => ({ name, listen: text(link), upstream: text(link.upstream) })),
    place: (proxy, toxic) => {
      const link = links().find(({ name }) => name === proxy)?.link;
      const type = toxicTypes.get(toxic.type);
      if (link === undefined || type === undefined)
        throw new SteadfastError('unknown-id', `there is no link '${proxy}', or no toxic '${toxic.type}'`);
      const direction = toxic.stream.toLowerCase() === 'upstream' ? 'upstream' : 'downstream';
      const made = type.make({ direction, toxicity: toxic.toxicity }, toxic.attributes);
      handles += 1;
      placed.set(handles, { proxy, toxic, added: link.addToxic(made) });
      return handles;
    },
    take: (handle) => {
      placed.get(handle)?.added.remove();
      placed.delete(handle);
    },
    placed: () =>
      [...placed.values()].map(({ proxy, toxic, added }) => ({ proxy, toxic, counters: added.counters() })),
  };
}
