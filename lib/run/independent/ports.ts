import type { Verdict } from '../../experiment/verdict.ts';
import type { Journal, RollbackResult } from '../journal.ts';
import type { BegunRun, LiveRun } from '../live-run.ts';
import type { Clock } from '../ports.ts';
import type { RunRecord } from '../run-record.ts';
import type { ToldJournal } from '../verdict-event.ts';
import type { VerdictEvent } from '../verdict-event-schema.ts';
import type { Ending } from './ending.ts';

/** An FIS experiment of this environment, as far as it matters whether it may go on. */
export interface OwnExperiment {
  readonly id: string;
  readonly templateId: string;
  /** FIS's word; one that nobody knows is no end. */
  readonly status: string;
  /** The run that started it; absent where somebody started one of our templates by hand. */
  readonly runId?: string;
  readonly startedAtMs: number;
  /** FIS itself says that it skips its actions, as a preview does. */
  readonly skipsActions: boolean;
}

const ended: readonly string[] = ['completed', 'stopped', 'failed', 'cancelled'];

export const hasEnded = ({ status }: Pick<OwnExperiment, 'status'>): boolean => ended.includes(status);

/** FIS, asked anew each time: what the table says of faults is never taken for what is. */
export interface Experiments {
  /** All of this environment that FIS still knows; and those of which nobody can tell whose they are, with why. Throws where FIS cannot be read. */
  all(): Promise<{ readonly own: readonly OwnExperiment[]; readonly untold: readonly string[] }>;
  status(id: string): Promise<string>;
  /** Asks for the end. Stopping what has ended is no error. */
  stop(id: string): Promise<void>;
}

/** A lease as the table holds it: on a service, or on a place among the runs at once. */
export interface HeldLease {
  readonly key: string;
  readonly runId: string;
  readonly untilMs: number;
}

export interface LeaseBook {
  all(): Promise<readonly HeldLease[]>;
  /**
   * Takes a run's leases over, so that the run can renew none and so start nothing, and nobody else gets them before what it has begun is
   * undone.
   */
  takeOver(leases: readonly HeldLease[], untilMs: number): Promise<void>;
  /** Takes these away, but for those that are another's by now. */
  remove(leases: readonly HeldLease[]): Promise<void>;
}

/** A live run, and how far its end has come where it is being ended. */
export type RunUnderWay = LiveRun & { readonly ending?: Ending };

export interface RunsUnderWay {
  /** Writes down a run that is known to have begun, unless it has been written down or recorded as ended. */
  begin(run: BegunRun): Promise<void>;
  all(): Promise<readonly RunUnderWay[]>;
  /** Asks for the right to end the run and to tell of it, for so long. Asking again extends it. */
  claim(run: LiveRun, untilMs: number): Promise<boolean>;
  saveEnding(runId: string, ending: Ending): Promise<void>;
  /** Records the run as ended, and takes it off the runs under way. */
  close(record: RunRecord): Promise<void>;
}

/** How the execution of a run's runner is. */
export interface Execution {
  /** `unreadable`: nobody could tell. */
  readonly state: 'running' | 'ended' | 'unreadable';
  /** How it ended, or who left it, as a sentence without a full stop. */
  readonly how: string;
  /** A person stopped it, or the launcher that waits for it. */
  readonly byPerson: boolean;
  /** It runs on although the launcher that waited for it was stopped or timed out, or the launcher's game day has died. */
  readonly isOrphan: boolean;
}

export interface Executions {
  /** Those that ended since then without having concluded their run, as far as Step Functions tells of the newest. */
  died(sinceMs: number): Promise<readonly BegunRun[]>;
  /** Never rejects. */
  of(runId: string): Promise<Execution>;
  stop(runId: string, why: string): Promise<void>;
}

export interface HaltRequests {
  /** Who asked for the end of this run, or of all, and why; undefined where nobody did. */
  of(runId: string): Promise<string | undefined>;
}

/** What a run was to do, as its stored plan says: as much as its record needs. */
export type RunPlan = Pick<
  Journal,
  'environment' | 'experiment' | 'gameDay' | 'mode' | 'only' | 'pace' | 'seed'
> & {
  /** What its faults could touch. */
  readonly services: readonly string[];
  readonly stages: readonly {
    readonly label: string;
    readonly templateId: string;
    readonly faults: Journal['stages'][number]['faults'];
  }[];
};

/** What is done to undo a run. */
export interface Undoing {
  readonly plan: RunPlan;
  /** How long a rollback may take, its proof included. */
  timeoutMs(rollback: string): number;
  /** Performs a rollback and looks for its proof, once. Never rejects. */
  rollBack(rollback: string, untilMs: number): Promise<RollbackResult>;
  stopTraffic(sinceMs: number): Promise<void>;
}

export interface Plans {
  /** Undefined where the run has left no plan; throws where it cannot be read. */
  of(runId: string): Promise<Undoing | undefined>;
}

/** What a journal says in short. */
export type JournalDigest = Pick<Journal, 'end' | 'runId' | 'start' | 'summary' | 'verdict'> & {
  readonly experiment: string;
};

export interface Records {
  /** What the run's own journal says; undefined where there is none. */
  journal(runId: string): Promise<ToldJournal | undefined>;
  /** Hashes the samples that were gathered; there may be none. */
  samples(runId: string): Promise<Journal['samples']>;
  /** Writes the journal, unless there is one. */
  save(journal: Journal): Promise<void>;
}

/** What people are told of a run's end. */
export interface Obituary {
  readonly runId: string;
  readonly verdict: Verdict;
  readonly subject: string;
  readonly body: string;
}

export interface Herald {
  tellPeople(told: Obituary): Promise<void>;
  tellSystems(event: VerdictEvent): Promise<void>;
}

/** What CloudWatch counts of the independent stop. */
export type Counted = 'FaultsStopped' | 'LeasesExpired' | 'RunsEnded';

/** Everything that the sweep reaches of the world. */
export interface StopPorts {
  readonly clock: Clock;
  readonly environment: string;
  readonly experiments: Experiments;
  readonly leases: LeaseBook;
  readonly runs: RunsUnderWay;
  readonly executions: Executions;
  readonly halts: HaltRequests;
  readonly plans: Plans;
  readonly records: Records;
  readonly herald: Herald;
  readonly count: (what: Counted, howMany: number) => void;
}
