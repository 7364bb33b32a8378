import type { Fence } from './fence-options.ts';
import type { FisProperties } from './fis-properties.ts';
import type { WrittenTemplate } from './written-template.ts';

/** What a rule found, where, and how to mend it. */
export interface Breach {
  /** Below the resource, as CDK writes it: `Properties.Targets.tasks`. */
  readonly location: string;
  /** What is wrong, as a sentence without a full stop. */
  readonly message: string;
  readonly fix: string;
}

/** An FIS template that is judged, and all that it is judged by. */
export interface Judged {
  readonly properties: FisProperties;
  readonly template: WrittenTemplate;
  readonly fence: Fence;
}

/** One rule about FIS templates. */
export interface Rule {
  readonly id: string;
  /** What it asks, as a sentence without a full stop. */
  readonly asks: string;
  /** Whether somebody may acknowledge a breach, with a reason, so that the synthesis goes on. */
  readonly acknowledgeable?: true;
  readonly breaches: (judged: Judged) => readonly Breach[];
}
