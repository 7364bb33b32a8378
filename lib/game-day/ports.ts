import type { ApprovalAnswer, ApprovalRequest } from '../run/approvals.ts';
import type { Actor } from './actor.ts';
import type { Entry, EntryOf, NewEntry } from './entry.ts';
import type { GameDayInput } from './input.ts';

/** The log of editions: each time a game day is held is an edition of its own. It only grows. */
export interface GameDayLog {
  /** All entries after a number (0 for all), in order. */
  read(edition: string, after?: number): Promise<readonly Entry[]>;
  /**
   * Writes entries behind the one numbered `after`, all or none; `conflict` where somebody was quicker, and nothing was written.
   * It gives the numbers and the time of writing.
   */
  append(edition: string, after: number, entries: readonly NewEntry[]): Promise<'written' | 'conflict'>;
}

/** What an edition was begun with. */
export interface GameDayInputs {
  /** @throws SteadfastError `unknown-id` where there is no such edition */
  load(edition: string): Promise<GameDayInput>;
  save(edition: string, input: GameDayInput): Promise<void>;
}

/** How a run is, as far as the game day needs to know. */
export type RunOfStage =
  | { readonly state: 'missing' }
  | { readonly state: 'under way'; readonly lines: readonly RunLine[] }
  | { readonly state: 'waiting'; readonly request: ApprovalRequest; readonly lines: readonly RunLine[] }
  | {
      readonly state: 'ended';
      readonly outcome: Omit<
        EntryOf<'ended'>,
        'number' | 'at' | 'writtenAt' | 'by' | 'kind' | 'stage' | 'runId'
      >;
      readonly endedAtMs: number;
      readonly lines: readonly RunLine[];
    };

/** A line of a run's timeline. */
export interface RunLine {
  readonly key: string;
  readonly atMs: number;
  readonly what: EntryOf<'run'>['what'];
  readonly text: string;
}

/** The runs of a game day. */
export interface GameDayRuns {
  look(runId: string): Promise<RunOfStage>;
  /**
   * Answers a run's question, in the name of whoever decided; only this way a run of a game day is approved. The same answer may be given
   * again and changes nothing; one that comes after the run has ended changes nothing either.
   */
  answer(runId: string, answer: ApprovalAnswer): Promise<void>;
  /** Has one run end, with its fault, and nothing else; asking again changes nothing. For what is over in time: the kill switch is for people. */
  end(runId: string, reason: string): Promise<void>;
}

/** The kill switch. */
export interface KillSwitch {
  /** Ends everything at once, and refuses new starts. Never rejects: says what was stopped, or what could not be. */
  halt(edition: string, reason: string, by: Actor): Promise<{ readonly stopped: string }>;
  /** Lets runs start again, if it was this edition that refused them. */
  release(edition: string): Promise<void>;
}

/** Everything that acting on a game day reaches of the world. */
export interface GameDayPorts {
  readonly clock: { now(): number };
  readonly log: GameDayLog;
  readonly inputs: GameDayInputs;
  readonly runs: GameDayRuns;
  readonly killSwitch: KillSwitch;
}
