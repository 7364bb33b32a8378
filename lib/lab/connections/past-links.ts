import type { Lab } from '../../experiment/lab.ts';
import type { Address } from '../proxy/connection.ts';
import type { RunningLab } from '../running-lab.ts';
import { leadsTo } from './leads-to.ts';

/** A lab whose services run. */
interface Connected {
  readonly lab: Lab;
  readonly running: Pick<RunningLab, 'replicas' | 'connections'>;
  /** Where services are by themselves, behind all links. */
  readonly addresses: ReadonlyMap<string, Address>;
}

const counted = (count: number) => (count === 1 ? 'a connection' : `${count} connections`);

/**
 * The connections that replicas hold to services of the lab past their links, as the system tells: a sentence for each replica and
 * service, with how to mend it; none where nobody can look.
 */
export function connectionsPastLinks({ lab, running, addresses }: Connected): string[] {
  return running.replicas.flatMap((replica) => {
    const ends = running.connections(replica.id) ?? [];
    const service = lab.services[replica.service];
    const uses = service !== undefined && 'command' in service ? (service.uses ?? []) : [];
    return [...addresses].flatMap(([to, address]) => {
      // What a replica is connected to in itself, such as a worker of its own, is no other service.
      if (to === replica.service) return [];
      const past = ends.filter((end) => leadsTo(end, address)).length;
      if (past === 0) return [];
      const isLinked = uses.includes(to);
      const mend = isLinked
        ? `hand it {${to}} or {${to}.url}`
        : `name '${to}' in the uses of '${replica.service}', and hand it {${to}} or {${to}.url}`;
      return [
        `${replica.id} holds ${counted(past)} to ${address.host}:${address.port}, the own address of '${to}', past its link: what it sends there feels no fault. To mend it, ${mend}.`,
      ];
    });
  });
}
