import type { Rejection, Verdict } from '../../experiment/verdict.ts';
import type { Alerts } from '../alerts.ts';
import type { PredictionResult } from '../predictions.ts';

/** What is to be done. What a person has yet to say is empty. */
export interface RetroAction {
  /** Unique in its retrospective, and kept by the ones that take it over. */
  readonly id: string;
  readonly what: string;
  /** The finding that it answers. */
  readonly why: string;
  readonly owner: string;
  /** `2026-05-31`. */
  readonly due: string;
  readonly state: 'open' | 'done' | 'dropped';
  /** Why it was dropped, or how it was done. */
  readonly reason: string;
}

export interface RetroAttempt {
  readonly attempt: number;
  readonly runId: string;
  readonly verdict?: Verdict;
  readonly rejection?: Rejection;
  readonly summary: string;
  /** From the beginning of the fault until its harm was seen by the watch. */
  readonly detectSeconds?: number;
  /** From the beginning of the fault until the first expected alert fired. */
  readonly alertSeconds?: number;
  /** From the end of the fault until the system was back. */
  readonly recoverSeconds?: number;
}

export interface RetroLine {
  readonly at: string;
  readonly text: string;
  readonly by: string;
  /** It was learnt of afterwards. */
  readonly isLate: boolean;
}

/** Everything that an edition has shown, as data: the draft that people go on from. Nothing in it is escaped. */
export interface Retro {
  readonly edition: string;
  readonly gameDay: string;
  readonly title: string;
  readonly owner: string;
  readonly environment: string;
  readonly isRehearsal: boolean;
  readonly timeZone: string;
  readonly beganAt: string;
  /** When the protocol was over; absent while it goes on. */
  readonly closedAt?: string;
  /** When the next edition is due, where it takes place regularly: `2026-08-01`. */
  readonly nextBy?: string;
  readonly blastRadius: string;
  readonly people: readonly string[];
  readonly hypothesis: {
    readonly says: string;
    readonly outcome: 'held' | 'did not hold' | 'not shown';
    readonly why: string;
  };
  readonly stages: readonly {
    readonly number: number;
    readonly title: string;
    readonly attempts: readonly RetroAttempt[];
  }[];
  readonly held: readonly string[];
  readonly broke: readonly string[];
  readonly notShown: readonly string[];
  readonly predictions: readonly PredictionResult[];
  readonly alerts: Alerts;
  readonly notes: readonly RetroLine[];
  readonly changes: readonly RetroLine[];
  /** What may have been changed that nobody knows of; a sentence. */
  readonly changesGap?: string;
  readonly refused: readonly RetroLine[];
  /** The oldest first. */
  readonly timeline: readonly RetroLine[];
  /** Those that are still open from before come first. */
  readonly actions: readonly RetroAction[];
}
