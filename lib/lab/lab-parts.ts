import type { Lab } from '../experiment/lab.ts';
import type { Clock, Random } from '../run/ports.ts';
import type { LabBalancer } from './balancer/lab-balancer.ts';
import type { CallPoint } from './calls/call.ts';
import type { LabReplica } from './lab-replica.ts';
import type { LabDatabase } from './postgres/database.ts';
import type { ManagedProcess } from './processes/managed-process.ts';
import type { OwnedProcesses } from './processes/owned-processes.ts';
import type { DataPlane } from './proxy/control/data-plane.ts';
import type { Link } from './proxy/link.ts';
import type { Reachable } from './services.ts';

export interface StartServicesOptions {
  readonly lab: Lab;
  /** The folder of the lab's file. */
  readonly folder: string;
  readonly processes: OwnedProcesses;
  /** What a link draws, by its name: links open side by side, in whatever order. */
  readonly randomOf: (link: string) => Random;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly watch: (managed: ManagedProcess) => void;
  readonly onRestartFailed: (replica: string, thrown: unknown) => void;
}

/** What there is of a lab so far; all that must be ended again is in it from the moment it exists. */
export interface LabParts {
  readonly replicas: LabReplica[];
  readonly links: Link[];
  readonly callPoints: CallPoint[];
  readonly reachable: Map<string, Reachable>;
  readonly plane: DataPlane;
  /** What is in place of databases, by the name of the service. */
  readonly databases: Map<string, LabDatabase>;
  /** The balancers of services with several replicas, likewise. */
  readonly balancers: Map<string, LabBalancer>;
}
