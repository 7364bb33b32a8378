import type { Pressing, Pressure } from './pressure/pressure.ts';

/** What shows that a replica's process was really ended. */
export interface KilledReplica {
  readonly replica: string;
  readonly oldPid: number;
  /** The old process is no more. */
  readonly gone: boolean;
  /** For people: `shop-1: process 4711 ended (signal SIGKILL) within 3 ms`. */
  readonly evidence: string;
}

/** A replica whose processes have been stopped, to go on later. */
export interface FrozenReplica {
  readonly replica: string;
  readonly pid: number;
  /** Whether the system says that its process is stopped now; looked up anew each time. */
  isFrozen(): boolean;
  /** Has it go on; twice is no error. @returns for how long it was frozen, in milliseconds */
  thaw(): number;
}

/** What faults do to a lab's processes. It has started all of them itself: they are found by its own handles, never by a process id alone. */
export interface ProcessFaults {
  /** SIGKILL to a replica's whole group; it does not run again until `startReplica`. Resolves once it is gone. */
  killReplica(id: string): Promise<KilledReplica>;
  /** Starts a replica again on its port where it does not run. @returns the process that plays it now */
  startReplica(id: string): Promise<number>;
  /** SIGSTOP to a replica's whole group: its sockets stay open, and nobody answers on them. The lab thaws it when it stops. */
  freezeReplica(id: string): FrozenReplica;
  /**
   * Puts the machine under pressure, by processes of the lab's own that end with it.
   *
   * @throws SteadfastError `invalid` for more than the machine has to give
   */
  press(pressure: Pressure): Promise<Pressing>;
}
