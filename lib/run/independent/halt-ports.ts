/** The wish to end a run, or all, as the table keeps it. */
export interface HaltItem {
  readonly reason: string;
  readonly by: string;
  /** When it was asked for (ISO 8601, UTC). */
  readonly at: string;
  /** Steadfast is about to engage FIS's safety lever, or has. Whoever unlocks disengages it then, and only then. */
  readonly safetyLever?: 'engaging' | 'engaged';
  /** Until when it counts; until somebody takes it away where absent. */
  readonly untilMs?: number;
}

export interface HaltBook {
  /** Of one run, or of all where none is named. */
  read(runId: string | undefined): Promise<HaltItem | undefined>;
  write(runId: string | undefined, item: HaltItem): Promise<void>;
  remove(runId: string | undefined): Promise<void>;
}
