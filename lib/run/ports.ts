import type { HttpProbe } from '../experiment/probe.ts';
import type { Verdict } from '../experiment/verdict.ts';
import type { Prerequisite } from '../fis/prerequisite.ts';
import type { Observation } from '../steady-state/observation.ts';
import type { RunEntry } from './entries.ts';
import type { Journal } from './journal.ts';
import type { Progress } from './progress.ts';

/** Time. */
export interface Clock {
  /** Milliseconds since 1970, UTC; it goes evenly and never backwards, so that what is measured by it is how long something took. */
  now(): number;
  /** The time of day, by which others date what they write. It may be moved while `now` goes on; the same as `now` where absent. */
  timeOfDay?(): number;
  /** Resolves after `ms`, or at once when `signal` aborts (it never rejects). */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Numbers from 0 (inclusive) to 1 (exclusive), the same for the same seed. */
export interface Random {
  next(): number;
}

/** What one HTTP probe saw. */
export interface ProbeOutcome {
  /** From when the request was due to the end of its answer. */
  readonly latencyMs?: number;
  readonly status?: number;
  /** What the probe extracts: a number, or for freshness the age in seconds. */
  readonly value?: number;
  /** Why it is no good answer; begins with `prober:` when the prober itself is at fault. */
  readonly error?: string;
  /** The vantage point that it was asked from, where the probe names any. */
  readonly from?: string;
}

/** One request of an http probe. */
export interface ProbeRequest {
  readonly probe: string;
  readonly definition: HttpProbe;
  readonly dueMs: number;
  readonly timeoutMs: number;
  /** Which of the probe's requests it is, from 0; absent where it is none of a series. */
  readonly turn?: number;
  /**
   * The vantage points whose self-check has been seen to work in this run. Only there can one that fails say that the prober is
   * broken; elsewhere every failure is the system's.
   */
  readonly selfChecks?: readonly string[] | undefined;
}

/** What a prober's look at something known to be well came to. */
export interface SelfCheckLook {
  /** The vantage point. */
  readonly from: string;
  readonly url: string;
  /** Why it failed; absent when it is well. */
  readonly failed?: string;
}

/** Asks a service over HTTP. Never rejects: what goes wrong is an outcome. */
export interface Prober {
  ask(request: ProbeRequest): Promise<ProbeOutcome>;
  /** How long before they are due it wants the requests of a probe, to send each when it is due; at once where absent. */
  leadMs?(definition: HttpProbe): number;
  /** Of a probe whose requests it wants ahead: when those were due at the latest that it knows to be under way. */
  underWay?(probe: string): readonly number[];
  /** Looks from each vantage point at what is known to be well there. Never rejects; absent where there is nothing to look at. */
  selfChecks?(): Promise<readonly SelfCheckLook[]>;
}

/** Reads logical metrics. */
export interface MetricSource {
  /** Readings with a time in [fromMs, toMs), oldest first; none where there is no data. Never interpolates. */
  read(
    metric: string,
    fromMs: number,
    toMs: number,
  ): Promise<readonly { readonly atMs: number; readonly value: number }[]>;
}

/** Something that a fault has left behind, or that nobody could look at. */
export interface LeftBehind {
  /** What it is, and where, as a sentence without a full stop. */
  readonly what: string;
  /** How to mend it, as a sentence. */
  readonly hint: string;
}

/** What was seen before any fault, by what is looked at; each look knows its own. */
type Remembered = Readonly<Record<string, unknown>>;

/** What faults leave behind. */
export interface Residue {
  /** Sees how things are before any fault; what cannot be seen is left out. Never rejects. */
  remember(targets: readonly Target[]): Promise<Remembered>;
  /** Looks for what is not as it was, once the fault has ended and its rollbacks are done. Never rejects. */
  look(run: {
    readonly remembered: Remembered;
    /** What the stages of the run have hit. */
    readonly hit: readonly Target[];
  }): Promise<{
    readonly left: readonly LeftBehind[];
    /** What nobody could look at. */
    readonly unseen: readonly LeftBehind[];
  }>;
}

/** A deployment of an ECS service. */
export interface EcsDeployment {
  /** Undefined where its controller does not say. */
  readonly rollout: 'in progress' | 'completed' | 'failed' | undefined;
  /** Tasks of it that failed to start. */
  readonly failedTasks: number;
}

/** An ECS service at one moment; in a lab a service's replicas. */
export interface EcsServiceState {
  /** How many tasks it wants. */
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly deployments: readonly EcsDeployment[];
}

/** What the health checks of a service's tasks say. */
export interface EcsHealth {
  readonly healthy: number;
  readonly unhealthy: number;
  /** Of these nobody knows: they have no health check, or it has not been carried out yet. */
  readonly unknown: number;
}

/** Looks at ECS services by logical name. Throws where one is not there or cannot be looked at. */
export interface EcsServices {
  state(service: string): Promise<EcsServiceState>;
  health(service: string): Promise<EcsHealth>;
}

/** Calls the functions of an environment by logical name; in a lab what plays them. */
export interface Functions {
  /**
   * What it answers, as text. Throws where it fails, is throttled, or has not answered in time.
   *
   * @param payload JSON
   */
  call(name: string, payload: string, timeoutMs: number): Promise<string>;
}

/** The states of an FIS experiment (user guide, "Experiment states"). */
export type FaultStatus =
  | 'pending'
  | 'initiating'
  | 'running'
  | 'completed'
  | 'stopping'
  | 'stopped'
  | 'failed'
  | 'cancelled';

export interface FaultState {
  readonly status: FaultStatus;
  /** FIS's words for people; never parsed. */
  readonly reason: string;
  /** `guard`: stopped by a stop condition. Undefined where unknown. */
  readonly stoppedBy?: 'guard' | 'caller';
  /** The status of each action by name. */
  readonly actions: Readonly<Record<string, string>>;
  /** When the first action that is a fault (no wait) began; absent while none has, or where FIS does not say. */
  readonly faultStartMs?: number;
  /** When the experiment reached its terminal state. */
  readonly endMs?: number;
}

/** One resource that a fault may hit or has hit. */
export interface Target {
  /** The name of the target in the template: the fault's name. */
  readonly fault: string;
  /** ARN, or in a lab the replica's id. */
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Evidence whether a fault reached the system; `bit` is undefined where nobody could tell. */
export interface BiteEvidence {
  readonly fault: string;
  readonly bit: boolean | undefined;
  readonly evidence: string;
  /** Where it did not bite, or nobody could tell: the likely reason, as far as one was seen. A sentence without a full stop. */
  readonly likely?: string;
}

/** A stretch of time, half-open. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Starts and stops faults: FIS, or its stand-in in a lab. */
export interface FaultInjector {
  /** Resolves the stage's targets without any fault (`actionsMode: skip-all`). */
  preview(stage: number, runId: string): Promise<readonly Target[]>;
  /** Starts the stage's experiment once: the same token gives the same experiment. Throws `permission` where it is refused. */
  start(
    stage: number,
    options: { readonly runId: string; readonly token: string },
  ): Promise<{ readonly experimentId: string }>;
  state(experimentId: string): Promise<FaultState>;
  /** The targets that a started experiment resolved; undefined until it has. */
  targets(experimentId: string): Promise<readonly Target[] | undefined>;
  /** Asks for the end; returns before it is reached. Stopping what has ended is no error. */
  stop(experimentId: string): Promise<void>;
  /** Experiments of this run that are not in a terminal state. */
  active(runId: string): Promise<readonly string[]>;
  /**
   * What shows that each fault of a stage reached its targets; asked after it has ended. `baseline` is the time before any fault that
   * metrics are compared with; where it is not known, a metric shows nothing.
   */
  bite(stage: number, experimentId: string, baseline?: Stretch): Promise<readonly BiteEvidence[]>;
  /** How long to wait between two looks at a state, in milliseconds. */
  readonly pollMs: number;
}

/** Every resource that the experiment's selectors can match, not the sample that a run would draw. */
export interface Inventory {
  matching(): Promise<readonly Target[]>;
}

/** What one fault needs of its targets beyond their tags. */
export interface Needs {
  readonly fault: string;
  readonly prerequisites: readonly Prerequisite[];
  /** Everything that its selector can match. */
  readonly targets: readonly Target[];
  /** ARNs of buckets with a prefix: where functions must look for it; anywhere where it is absent. */
  readonly faultConfigurations?: readonly string[];
}

/** Something that targets lack, or that nobody can tell of them. */
export interface Unmet {
  /** What is wrong, and with what, as a sentence without a full stop. */
  readonly what: string;
  /** The targets that it keeps from being hit. */
  readonly targets: readonly string[];
  /** How to mend it, as a sentence. */
  readonly hint: string;
  /** `permission` where AWS refused to tell. */
  readonly rejection: 'targets' | 'permission';
}

/** What actions need of their targets, as far as it can be seen before any fault. What cannot be seen counts as unmet. */
export interface Prerequisites {
  look(needs: readonly Needs[]): Promise<{
    /** All that is wrong, each thing once. */
    readonly unmet: readonly Unmet[];
    /** What was looked at, as a sentence without a full stop. */
    readonly evidence: string;
  }>;
}

export interface GuardState {
  readonly guard: string;
  /** `unreadable`: nobody could tell, which is never fine. */
  readonly state: 'ok' | 'alarm' | 'no data' | 'missing' | 'unreadable';
  readonly detail: string;
  /** What AWS would have to allow for it to be read. */
  readonly permission?: string;
}

/** The state of the run's guards. */
export interface Guards {
  /** All of them, or only some. One that FIS does not watch is `unreadable` where reading it fails, never an error. */
  read(only?: readonly string[]): Promise<readonly GuardState[]>;
}

/** Who may touch which service, one run at a time. */
export interface Leases {
  /** All or none. */
  acquire(
    runId: string,
    services: readonly string[],
    untilMs: number,
  ): Promise<{ readonly held: true } | { readonly held: false; readonly by: string }>;
  /** False when the lease is no longer this run's. */
  renew(runId: string, services: readonly string[], untilMs: number): Promise<boolean>;
  release(runId: string, services: readonly string[]): Promise<void>;
}

/**
 * What is kept of a run while it goes on. Everything is written under a key, and writing a key again replaces it, so that a
 * repeated step counts nothing twice.
 */
export interface RunStore {
  saveInput(runId: string, input: string): Promise<void>;
  loadInput(runId: string): Promise<string>;
  record(runId: string, key: string, entry: RunEntry): Promise<void>;
  /** In the order in which they happened. */
  entries(runId: string): Promise<readonly RunEntry[]>;
  saveObservations(runId: string, key: string, observations: readonly Observation[]): Promise<void>;
  /** In the order of their keys; only those whose key begins with `prefix`, where one is given. */
  observations(runId: string, prefix?: string): AsyncIterable<Observation>;
  /** Writes all observations as one file, a line each; returns where it is, its hash, and how many there are. */
  saveSamples(
    runId: string,
  ): Promise<{ readonly file: string; readonly sha256: string; readonly count: number }>;
  saveJournal(journal: Journal): Promise<void>;
}

/** Carries out a rollback. Idempotent by run id. Throws when it fails. */
export interface Rollbacks {
  perform(name: string, runId: string, timeoutMs: number): Promise<string>;
}

/** What whoever makes traffic is asked. */
export interface TrafficRequest {
  readonly runId: string;
  /** `start` and `keep`: see that there is load in [fromMs, untilMs). `stop`: see that there is none any more. */
  readonly action: 'start' | 'keep' | 'stop';
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * Load in an environment that nobody else uses. Idempotent by run id and time: asking the same again makes no more load, and
 * stopping what does not run is no error. Throws when it is refused or fails.
 */
export interface Traffic {
  ask(request: TrafficRequest): Promise<void>;
}

/** Tells people (and systems) of a verdict. */
export interface Notifier {
  notify(message: {
    readonly verdict: Verdict;
    readonly subject: string;
    readonly body: string;
    readonly journal: Journal;
  }): Promise<void>;
}

/** People's wish to end a run: the kill switch, or Ctrl-C. */
export interface Halts {
  requested(runId: string): Promise<{ readonly reason: string } | undefined>;
}

/** What is deployed: experiments that are gone may still be started by what is left of them. */
export interface Listings {
  /** Whether an experiment of this id is among those that the environment is deployed with. */
  isListed(experiment: string): Promise<boolean>;
}

/** Everything a use case may reach of the outside world. */
export interface RunPorts {
  readonly clock: Clock;
  readonly prober: Prober;
  readonly metrics: MetricSource;
  readonly ecsServices: EcsServices;
  readonly functions: Functions;
  readonly faults: FaultInjector;
  readonly inventory: Inventory;
  readonly prerequisites: Prerequisites;
  readonly guards: Guards;
  readonly leases: Leases;
  readonly store: RunStore;
  readonly rollbacks: Rollbacks;
  readonly residue: Residue;
  /** Asked only where the experiment names what makes traffic. */
  readonly traffic: Traffic;
  readonly notifier: Notifier;
  readonly halts: Halts;
  readonly listings: Listings;
  readonly progress: Progress;
}
