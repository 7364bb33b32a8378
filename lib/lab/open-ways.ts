import { openCallPoint } from './calls/open-call-point.ts';
import { passesCallPoint } from './calls/passes-call-point.ts';
import type { LabParts, StartServicesOptions } from './lab-parts.ts';
import type { LinkAddress } from './placeholders.ts';
import { proxyName } from './proxy/control/data-plane.ts';
import { type Link, openLink } from './proxy/link.ts';
import type { Reachable } from './services.ts';

/**
 * Opens a replica's ways to the services it uses: a link each. In front of a service that is called as a function or an AWS API is, the
 * link leads to a point for this replica's calls alone, so that a fault can tell whose they are.
 */
export async function openWays(
  { randomOf, clock }: StartServicesOptions,
  parts: LabParts,
  caller: string,
  used: ReadonlyMap<string, Reachable>,
): Promise<{
  readonly links: ReadonlyMap<string, Link>;
  readonly addresses: ReadonlyMap<string, LinkAddress>;
}> {
  const links = new Map<string, Link>();
  const addresses = new Map<string, LinkAddress>();
  for (const [to, { address, behind, urlAt }] of used) {
    let upstream = address;
    if (behind !== undefined) {
      const point = await openCallPoint({ service: to, caller, upstream: behind, clock });
      parts.callPoints.push(point);
      upstream = point;
    }
    const real = behind ?? address;
    const link = await openLink({
      upstream: { host: upstream.host, port: upstream.port },
      random: randomOf(proxyName(caller, to)),
    });
    parts.links.push(link);
    links.set(to, link);
    addresses.set(to, {
      host: link.host,
      port: link.port,
      url: urlAt(link),
      real: { ...real, url: urlAt(real) },
    });
  }
  return { links, addresses };
}

/** Puts a point for calls in front of a service that is called as a function or an AWS API is; others stay as they are. */
export async function withCallPoint(
  { lab, clock }: StartServicesOptions,
  parts: LabParts,
  service: string,
  reachable: Reachable,
): Promise<Reachable> {
  const definition = lab.services[service];
  if (definition === undefined || !passesCallPoint(definition)) return reachable;
  const { address } = reachable;
  const point = await openCallPoint({ service, upstream: address, clock });
  parts.callPoints.push(point);
  return { ...reachable, address: { host: point.host, port: point.port }, behind: address };
}
