import type { LinkCounters } from '../proxy/link.ts';
import type { RunningLab } from '../running-lab.ts';

/** A counter of the links from all replicas of a service to another service; undefined when there is no such link. */
export function readLink(
  lab: Pick<RunningLab, 'replicas' | 'link'>,
  { service, to }: { readonly service: string; readonly to: string },
  counter: keyof LinkCounters,
): number | undefined {
  const links = lab.replicas
    .filter((replica) => replica.service === service)
    .flatMap(({ id }) => lab.link(id, to) ?? []);
  return links.length === 0 ? undefined : links.reduce((sum, link) => sum + link.counters()[counter], 0);
}
