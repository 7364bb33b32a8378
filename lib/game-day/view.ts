import type { RoleName } from '../experiment/role-names.ts';
import type { Verdict } from '../experiment/verdict.ts';
import type { Command } from './command.ts';
import type { GameDayPhase, StageStatus } from './state.ts';

/** Something that whoever looks may do now. */
export interface Offer {
  /** Unique among the offers: `approve`, `halt`, `check-roles`. */
  readonly id: string;
  /** What stands on the button. */
  readonly label: string;
  readonly command: Command;
  /** What is asked before it is done; absent where nothing needs to be. */
  readonly confirm?: string;
  /** The text that a person adds: it takes the place of this key of the command. */
  readonly asks?: {
    readonly key: 'text' | 'reason' | 'note';
    readonly label: string;
    readonly required: boolean;
  };
  /** How it is told from the others: `danger` ends things. */
  readonly tone: 'plain' | 'good' | 'danger';
}

/** What a probe sees now, beside what it saw before any fault. */
export interface Aggregate {
  readonly probe: string;
  readonly figure: 'p95' | 'errors' | 'value';
  readonly label: string;
  readonly unit: 'ms' | '%' | 's' | '';
  readonly now?: number;
  readonly baseline?: number;
  readonly limit?: number;
  /** The limit is the least that must be seen, not the most. */
  readonly isFloor?: boolean;
  /** [milliseconds since 1970, value] in order; null where there was no data. */
  readonly series: readonly (readonly [atMs: number, value: number | null])[];
}

/** `unknown`: nobody could read the alarm, or its fault was ended before it had to fire. */
export type AlertStatus = 'awaited' | 'as expected' | 'late' | 'missing' | 'unknown' | 'unexpected';

/** A game day as a person in a role sees it: terminal, widget and page show the same. Plain data; nothing in it is escaped. */
export interface GameDayView {
  readonly edition: string;
  readonly gameDay: string;
  readonly title: string;
  readonly hypothesis: string;
  readonly blastRadius: string;
  readonly environment: string;
  readonly isRehearsal: boolean;
  readonly timeZone: string;
  /** When all of it was true (ISO 8601, UTC). */
  readonly asOf: string;
  readonly role: RoleName;
  readonly phase: GameDayPhase;
  /** What goes on and what is waited for, in one sentence. */
  readonly now: string;
  readonly isPaused: boolean;
  readonly halted?: string;
  /** Until the experiment ends; absent outside of it. */
  readonly endsAt?: string;
  readonly timeLeftMs?: number;
  readonly preBrief: readonly { readonly item: string; readonly text: string; readonly doneBy?: string }[];
  readonly stages: readonly {
    readonly number: number;
    readonly title: string;
    readonly status: StageStatus;
    readonly verdict?: Verdict;
    readonly summary?: string;
    readonly attempts: number;
    readonly predictions: readonly {
      readonly name: string;
      readonly says: string;
      readonly outcome: 'as predicted' | 'otherwise' | 'unknown';
    }[];
    readonly alerts: readonly {
      readonly name: string;
      readonly alarm: string;
      readonly status: AlertStatus;
      readonly text: string;
    }[];
  }[];
  readonly pending?: {
    readonly id: string;
    readonly title: string;
    readonly lines: readonly string[];
    readonly hash?: string;
    readonly expiresAt?: string;
    readonly proposedBy: string;
    readonly approvers: readonly RoleName[];
  };
  readonly aggregates: readonly Aggregate[];
  /** When faults were under way, for charts; one without an end still is. */
  readonly faultSpans?: readonly { readonly beganAt: string; readonly endedAt?: string }[];
  /** The newest first, and no more than the newest 200. `isLate`: learnt of afterwards. */
  readonly timeline: readonly {
    readonly number: number;
    readonly at: string;
    readonly text: string;
    readonly by: string;
    readonly isLate: boolean;
    readonly tone: 'plain' | 'good' | 'bad';
  }[];
  /** Until when changes in the account are known; absent where none are looked for. */
  readonly changesKnownUntil?: string;
  readonly offers: readonly Offer[];
}
