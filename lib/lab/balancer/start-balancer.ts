import type { Clock } from '../../run/ports.ts';
import type { OwnedProcesses } from '../processes/owned-processes.ts';
import { siblingFile, startHelper } from '../processes/start-helper.ts';
import type { Upstream } from './forward.ts';

/** Starts a balancer in a process of its own, in front of replicas that keep their ports. */
export const startBalancer = (
  processes: OwnedProcesses,
  options: { readonly name: string; readonly upstreams: readonly Upstream[]; readonly folder: string },
  clock: Clock,
) =>
  startHelper(
    processes,
    {
      name: options.name,
      file: siblingFile(import.meta.url, 'balancer-child'),
      settings: { upstreams: options.upstreams },
      folder: options.folder,
    },
    clock,
  );
