import type { Clock } from '../run/ports.ts';
import type { FrozenReplica, KilledReplica } from './process-faults.ts';
import { type Exit, exitText, type ManagedProcess } from './processes/managed-process.ts';
import { graceMs, type OwnedProcesses, type StartOptions } from './processes/owned-processes.ts';
import { isFrozen, startTimeOf } from './processes/start-time.ts';
import { type Health, waitUntilHealthy, whyUnhealthy } from './processes/wait-until-healthy.ts';
import type { Link } from './proxy/link.ts';
import type { Replica, StoppedReplica } from './running-lab.ts';

export interface LabReplicaOptions {
  readonly service: string;
  readonly zone?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly links: ReadonlyMap<string, Link>;
  readonly start: StartOptions;
  readonly health: Health;
  readonly processes: OwnedProcesses;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told of each process that plays the replica, so that its unasked end is noticed. */
  readonly watch: (managed: ManagedProcess) => void;
  /** Told of each process as soon as it is there. */
  readonly onSpawned?: (managed: ManagedProcess) => void;
  /** Told when a replacement does not get ready. */
  readonly onRestartFailed: (thrown: unknown) => void;
}

/** A replica and the process that plays it now. */
export class LabReplica implements Replica {
  readonly id: string;
  readonly service: string;
  readonly zone?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly links: ReadonlyMap<string, Link>;
  readonly port: number;
  readonly #options: LabReplicaOptions;
  #process: ManagedProcess | undefined;
  #starting: Promise<number> | undefined;

  constructor(options: LabReplicaOptions) {
    this.id = options.start.name;
    this.service = options.service;
    if (options.zone !== undefined) this.zone = options.zone;
    this.tags = options.tags;
    this.links = options.links;
    this.port = options.health.port;
    this.#options = options;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  get alive(): boolean {
    return this.#process?.alive ?? false;
  }

  /** Whether it answers its health path now, or takes connections where it has none. */
  async isHealthy(): Promise<boolean> {
    return (await whyUnhealthy(this.#options.health)) === undefined;
  }

  /** Starts it and waits until it is ready. */
  async start(): Promise<void> {
    const { health, clock, signal, watch } = this.#options;
    const managed = await this.#spawn();
    await waitUntilHealthy(managed, health, clock, signal);
    watch(managed);
  }

  async stopAndReplace(): Promise<StoppedReplica> {
    const ended = await this.#end((old) => old.stop(graceMs));
    const newPid = await this.startAgain();
    return {
      ...ended,
      newPid,
      evidence: `${ended.evidence}, process ${newPid} took its place`,
    };
  }

  /** SIGKILL: whatever plays it has no time for anything; where a grace is given it is asked to end first. */
  kill = (graceMs = 0): Promise<KilledReplica> =>
    this.#end((old) => (graceMs === 0 ? old.kill() : old.stop(graceMs)));

  /**
   * Starts it again where it does not run; that it gets ready is its own business.
   *
   * @returns the process that plays it now
   */
  async startAgain(): Promise<number> {
    if (this.alive) return this.pid;
    // Two that ask at once get the same one: a second would find its port taken.
    this.#starting ??= this.#startAnother().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #startAnother(): Promise<number> {
    const { health, clock, signal, watch, onRestartFailed } = this.#options;
    const managed = await this.#spawn();
    void waitUntilHealthy(managed, health, clock, signal).then(
      () => watch(managed),
      // One that a fault ends before it is ready has not failed to come back.
      (thrown: unknown) => (managed.stopping ? undefined : onRestartFailed(thrown)),
    );
    return managed.pid;
  }

  freeze(): FrozenReplica {
    const { pid } = this;
    const startedAt = startTimeOf(pid);
    const fromMs = performance.now();
    const thaw = this.#process?.freeze();
    let tookMs: number | undefined;
    return {
      replica: this.id,
      pid,
      isFrozen: () => tookMs === undefined && startTimeOf(pid) === startedAt && isFrozen(pid),
      thaw: () => {
        thaw?.();
        tookMs ??= Math.round(performance.now() - fromMs);
        return tookMs;
      },
    };
  }

  async #end(how: (old: ManagedProcess) => Promise<Exit>): Promise<KilledReplica> {
    const old = this.#process;
    const oldPid = this.pid;
    const startedAt = startTimeOf(oldPid);
    const fromMs = performance.now();
    const exit = old === undefined ? undefined : await how(old);
    const tookMs = Math.round(performance.now() - fromMs);
    const gone = startedAt !== undefined && startTimeOf(oldPid) !== startedAt;
    const ended =
      exit === undefined || !gone
        ? `process ${oldPid} was not running`
        : `process ${oldPid} ended (${exitText(exit)}) within ${tookMs} ms`;
    return { replica: this.id, oldPid, gone, evidence: `${this.id}: ${ended}` };
  }

  async #spawn(): Promise<ManagedProcess> {
    const managed = await this.#options.processes.start(this.#options.start);
    this.#process = managed;
    this.#options.onSpawned?.(managed);
    return managed;
  }
}
