import type { Prerequisite } from '../fis/prerequisite.ts';
import type { Capacity, Freezes, Pauses, SafetyLever } from './admission-ports.ts';
import type { ApprovalNotice, Approvals } from './approvals.ts';
import type { Leases, LiveRuns, RunStore } from './keeping-ports.ts';
import type { Notice } from './notice.ts';
import type { EcsServices, Functions, MetricSource, Prober } from './probing-ports.ts';
import type { Progress } from './progress.ts';
import type { VerdictEvent } from './verdict-event-schema.ts';

export type * from './admission-ports.ts';
export type * from './approvals.ts';
export type * from './keeping-ports.ts';
export type * from './probing-ports.ts';

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
  /** Of `stop`: since when load may have been asked for. */
  readonly sinceMs?: number;
}

/**
 * Load in an environment that nobody else uses. Idempotent by run id and time: asking the same again makes no more load, and
 * stopping what does not run is no error. Throws when it is refused or fails.
 */
export interface Traffic {
  ask(request: TrafficRequest): Promise<void>;
}

/** Tells of a run's end, and that somebody is waited for. */
export interface Notifier {
  /** Tells people. */
  notify(notice: Notice): Promise<void>;
  /** Tells systems. */
  publish(event: VerdictEvent): Promise<void>;
  /** Tells both that a run waits for a person. */
  approvalWanted(notice: ApprovalNotice): Promise<void>;
}

/** People's wish to end a run: the kill switch, or Ctrl-C. */
export interface Halts {
  requested(runId: string): Promise<{ readonly reason: string } | undefined>;
}

/** What is deployed: experiments that are gone may still be started by what is left of them. */
export interface Listings {
  /**
   * Whether an experiment of this id is among those that the environment is deployed with, and by the plan of this mark: `changed`
   * where only by others. A list that tells no mark, since what wrote it is older, tells of any plan.
   */
  look(experiment: string, plan?: string): Promise<'listed' | 'changed' | 'absent'>;
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
  readonly liveRuns: LiveRuns;
  readonly store: RunStore;
  readonly rollbacks: Rollbacks;
  readonly residue: Residue;
  /** Asked only where the experiment names what makes traffic. */
  readonly traffic: Traffic;
  readonly notifier: Notifier;
  readonly halts: Halts;
  readonly listings: Listings;
  readonly freezes: Freezes;
  /** The alarms that say that people are busy with an incident, by their name or ARN. */
  readonly incidents: Guards;
  readonly safetyLever: SafetyLever;
  readonly pauses: Pauses;
  readonly capacity: Capacity;
  /** Asked only where a run needs an approval. */
  readonly approvals: Approvals;
  readonly progress: Progress;
}
