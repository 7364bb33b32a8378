import type { RoleName } from '../experiment/role-names.ts';
import type { Rejection, Verdict } from '../experiment/verdict.ts';
import type { Actor } from './actor.ts';
import type { Proposal } from './command.ts';

/** The parts of a game day, in order. */
export type GameDayPhase = 'pre-brief' | 'experiment' | 'retrospective' | 'closed';

/** What waits for somebody's answer; there is one at a time. */
export interface Pending {
  readonly id: string;
  readonly proposal: Proposal;
  readonly proposedBy: Actor;
  readonly proposedAtMs: number;
  /** Who may approve it; never whoever proposed it. */
  readonly approvers: readonly RoleName[];
  /** Of a stage whose run was started. */
  readonly runId?: string;
  /** Absent while a stage's run is being admitted: nothing can be approved yet. */
  readonly asked?: { readonly hash: string; readonly lines: readonly string[]; readonly expiresAtMs: number };
  /** A stage that was approved goes on running: it stays here until its run has ended. */
  readonly approvedBy?: Actor;
  /** A stage that was refused after its run was started: that run ends, and is not offered for approval any more. */
  readonly refusedBy?: Actor;
}

export interface Attempt {
  readonly attempt: number;
  readonly runId: string;
  readonly launchedAtMs: number;
  readonly verdict?: Verdict;
  readonly rejection?: Rejection;
  readonly summary?: string;
}

/**
 * `offered`: it may be proposed now. `asking`: its run is being admitted or waits for its approval. `held`: its last attempt did, so the
 * next one is offered. `failed`: its last attempt did not; another one may be proposed.
 */
export type StageStatus = 'later' | 'offered' | 'asking' | 'running' | 'held' | 'failed';

export interface StageState {
  readonly number: number;
  readonly status: StageStatus;
  readonly attempts: readonly Attempt[];
}

/** What a log comes to. */
export interface GameDayState {
  readonly phase: GameDayPhase;
  /** How many entries it was made of. */
  readonly entries: number;
  readonly beganAtMs: number;
  /** When the experiment ends unless it is extended; counted from go. Before go, as planned. */
  readonly endsAtMs: number;
  /** Item of the pre-brief to who saw to it. */
  readonly checked: Readonly<Record<string, Actor>>;
  /** Go was approved, and nothing has been halted since. */
  readonly isGo: boolean;
  /** When the retrospective began. */
  readonly finishedAtMs?: number;
  readonly pausedBy?: Actor;
  /** The halt that has not been followed by another go. */
  readonly halted?: { readonly by: Actor; readonly reason: string; readonly atMs: number };
  readonly pending?: Pending;
  readonly stages: readonly StageState[];
}
