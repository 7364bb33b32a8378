import type { CpuPressure, Pressing, Pressure } from './pressure/pressure.ts';
import type { Scheduled } from './pressure/scheduled.ts';

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

/** A replica that may open hardly any more files. */
export interface LimitedFiles {
  readonly replica: string;
  /** How many more each of its processes may open now. */
  left(): readonly { readonly pid: number; readonly files: number }[];
  /** Takes away again what they have closed since. */
  tighten(): void;
  /** Gives each process its old limit back. Twice is no error. */
  restore(): void;
}

/** What faults do to a lab's processes. It has started all of them itself: they are found by its own handles, never by a process id alone. */
export interface ProcessFaults {
  /**
   * SIGKILL to a replica's whole group, where a grace is given SIGTERM and SIGKILL after it; it does not run again until `startReplica`.
   * Resolves once it is gone.
   */
  killReplica(id: string, graceMs?: number): Promise<KilledReplica>;
  /** Starts a replica again on its port where it does not run. @returns the process that plays it now */
  startReplica(id: string): Promise<number>;
  /** SIGSTOP to a replica's whole group: its sockets stay open, and nobody answers on them. The lab thaws it when it stops. */
  freezeReplica(id: string): FrozenReplica;
  /**
   * Lets a replica's processes open only so many files and connections besides those they have open.
   *
   * @throws SteadfastError `cannot-begin` where the system cannot do that to a process that runs
   */
  limitFiles(id: string, spare: number): LimitedFiles;
  /**
   * Puts the machine under pressure, by processes of the lab's own that end with it.
   *
   * @throws SteadfastError `invalid` for more than the machine has to give
   */
  press(pressure: Pressure): Promise<Pressing>;
  /** The same, with replicas and what computes kept to one CPU, where the system can; all else keeps the others. */
  pressBeside(ids: readonly string[], pressure: CpuPressure): Promise<PressingBeside>;
}

/** A pressure on the CPU of replicas. */
export interface PressingBeside extends Pressing {
  /** The CPU that they share with what computes; undefined where they may use any. */
  readonly cpu: number | undefined;
  /** What the scheduler has counted for each replica since it began; undefined where the system counts nothing. */
  scheduled(id: string): Scheduled | undefined;
}
