import * as z from 'zod';
import { SteadfastError } from '../../../experiment/steadfast-error.ts';
import type { Clock } from '../../../run/ports.ts';
import type { Link } from '../link.ts';
import { addressText } from './addresses.ts';
import type { ControlledToxic } from './controlled-toxic.ts';
import { createPlacements, type PlacedByControl } from './placements.ts';

/** A link of the lab as the control shows it. */
export const proxySchema = z.strictObject({ name: z.string(), listen: z.string(), upstream: z.string() });
type LinkProxy = z.output<typeof proxySchema>;

/**
 * The links of a lab as a control reaches them: it does what the control tells it, and remembers it for as long as the lab lives. A time to
 * live is kept here too, so that it ends also where the control has been started anew.
 */
export interface DataPlane {
  proxies(): readonly LinkProxy[];
  /**
   * Puts a toxic on a link.
   *
   * @returns a number by which it is taken away
   * @throws SteadfastError `unknown-id` when there is no such link or type of toxic
   */
  place(proxy: string, toxic: ControlledToxic, ttlMs: number): number;
  /** Changing what is gone is no error. */
  update(handle: number, toxic: ControlledToxic, ttlMs: number | undefined): void;
  /** Taking away what is gone is no error. */
  take(handle: number): void;
  placed(): readonly PlacedByControl[];
  /** The lab ends: no time to live runs on. */
  close(): void;
}

/** What a link is called by the control: `shop-1-to-database`. */
export const proxyName = (replica: string, to: string): string => `${replica}-to-${to}`;

/** @param replicas all there are by now: links come to be while a lab starts */
export function createDataPlane(
  replicas: () => readonly { readonly id: string; readonly links: ReadonlyMap<string, Link> }[],
  clock: Clock,
): DataPlane {
  const placements = createPlacements(clock);
  const links = () =>
    replicas().flatMap(({ id, links: own }) =>
      [...own].map(([to, link]) => ({ name: proxyName(id, to), link })),
    );
  return {
    proxies: () =>
      links().map(({ name, link }) => ({
        name,
        listen: addressText(link),
        upstream: addressText(link.upstream),
      })),
    place: (proxy, toxic, ttlMs) => {
      const link = links().find(({ name }) => name === proxy)?.link;
      if (link === undefined) throw new SteadfastError('unknown-id', `there is no link '${proxy}'`);
      return placements.place(proxy, link, toxic, ttlMs);
    },
    update: placements.update,
    take: placements.take,
    placed: placements.list,
    close: placements.close,
  };
}
