import type { Observation } from '../steady-state/observation.ts';
import type { RunEntry } from './entries.ts';
import type { Journal } from './journal.ts';
import type { Audience, BegunRun, PendingUndo, Undo } from './live-run.ts';
import type { RunRecord } from './run-record.ts';

/** The right to touch services. The token is of this one taking: whoever holds an older one has lost it. */
interface Lease {
  readonly runId: string;
  readonly services: readonly string[];
  readonly token: number;
}

/** Who may touch which service, one run at a time. */
export interface Leases {
  /** All or none. A run that asks again for what it holds keeps its token. */
  acquire(
    runId: string,
    services: readonly string[],
    untilMs: number,
  ): Promise<{ readonly held: true; readonly token: number } | { readonly held: false; readonly by: string }>;
  /** Who stands in the way of a run that would take these; undefined where it would have them. Takes nothing. */
  inTheWay(runId: string, services: readonly string[]): Promise<string | undefined>;
  /** False when the lease is no longer this run's, or was given back and taken again since. */
  renew(lease: Lease, untilMs: number): Promise<boolean>;
  /** Gives back all that the run holds. */
  release(runId: string): Promise<void>;
}

/**
 * The runs that have begun and are not yet recorded as ended, where whoever finds one dead can read what is left to do. Of all
 * that want to record the end of a run, one may.
 */
export interface LiveRuns {
  /** Writes a run down before it does anything; again changes nothing. `concluded`: it has been recorded as ended, so it must not go on. */
  begin(run: BegunRun): Promise<'under way' | 'concluded'>;
  /** Writes down what will have to be undone, before it is done. Throws where the run was never begun. */
  willUndo(runId: string, undos: readonly Undo[], atMs: number): Promise<void>;
  /** Takes out of the ledger what need not be undone any more. */
  undone(runId: string, undos: readonly Undo[]): Promise<void>;
  /** What is left to undo, the oldest first. */
  pending(runId: string): Promise<readonly PendingUndo[]>;
  /** Asks for the right to record the end of a run and to tell of it. Asked again it is given again, until the run is closed. */
  claim(
    run: BegunRun,
    untilMs: number,
  ): Promise<{ readonly yours: true } | { readonly yours: false; readonly verdict?: string }>;
  /**
   * Asks for the right to tell somebody of the end, which lapses after a while: `told` where they have been, or the run is recorded;
   * `another` where another call of the same step has the right.
   */
  mayTell(runId: string, audience: Audience, nowMs: number): Promise<'yours' | 'another' | 'told'>;
  /** Writes down that somebody has been told; nothing where the run is recorded already. */
  markTold(runId: string, audience: Audience, atMs: number): Promise<void>;
  /** Records a run as ended, and takes it off the runs under way; again changes nothing. */
  close(record: RunRecord): Promise<void>;
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
