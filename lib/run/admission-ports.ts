/** Something outside of Steadfast that says whether anything may be changed now. */
export interface FreezeState {
  /** `parameter /org/freeze`, `calendar releases`. */
  readonly freeze: string;
  /** `unreadable`: nobody could tell, which counts as frozen. */
  readonly state: 'open' | 'frozen' | 'unreadable';
  /** Why, as a sentence without a full stop. */
  readonly detail: string;
  /** When one that is open closes next, where it says so. */
  readonly closesMs?: number;
  /** What AWS would have to allow for it to be read. */
  readonly permission?: string;
}

/** What an environment names as freezes. */
export interface Freezes {
  /** All of them. Never rejects. */
  look(): Promise<readonly FreezeState[]>;
}

/** FIS's own emergency stop of an account and Region; `engaging` cannot be changed (user guide, "Safety lever"). */
export interface SafetyLeverState {
  /** `unreadable`: nobody could tell, which counts as engaged. */
  readonly status: 'disengaged' | 'engaging' | 'engaged' | 'unreadable';
  /** What whoever changed it last gave as the reason; where it is unreadable, why. */
  readonly reason: string;
  /** What AWS would have to allow for it to be read. */
  readonly permission?: string;
}

/**
 * Engaging it stops the FIS experiments of every team in the account and Region, and cancels new ones, until somebody disengages it.
 */
export interface SafetyLever {
  /** Never rejects. */
  state(): Promise<SafetyLeverState>;
  /** Gives the state that it leads to. Throws `permission` where AWS refuses, `busy` while it is being engaged already. */
  engage(reason: string): Promise<SafetyLeverState>;
  /** The same. */
  disengage(reason: string): Promise<SafetyLeverState>;
}

/** Somebody's wish that an experiment is not started for now. */
export interface Pause {
  readonly experiment: string;
  readonly reason: string;
  /** Who asked for it. */
  readonly by: string;
  /** Since when, ISO 8601 UTC. */
  readonly at: string;
}

/** Which experiments are paused; kept where no deploy changes it. */
export interface Pauses {
  paused(experiment: string): Promise<Pause | undefined>;
}

/** An FIS experiment that has not ended, of whomever it is. */
export interface ActiveExperiment {
  readonly id: string;
  readonly status: string;
  /** The run that started it; absent where it is nobody's run. */
  readonly runId?: string;
  readonly environment?: string;
  readonly isPreview: boolean;
}

/** What FIS carries out at present in this account and Region. */
export interface Capacity {
  active(): Promise<readonly ActiveExperiment[]>;
}
