import type { Experiment } from '../../experiment/experiment.ts';
import type { Clock } from '../../run/ports.ts';
import type { Progress } from '../../run/progress.ts';

/** A stream as `process.stderr` is one; on a terminal it tells its size. */
export type ViewStream = NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number };

export interface ViewOptions {
  /** Where the run is shown: stderr, so that stdout stays free for results. */
  readonly stream: ViewStream;
  /** Redraws in place on a terminal; else plain lines without control characters. */
  readonly isTerminal: boolean;
  /** The width where the stream does not tell one. */
  readonly columns: number;
  readonly colours: boolean;
  readonly clock: Clock;
  readonly experiment: Experiment;
  /** Where it runs, for people: `lab shop`, `staging`. */
  readonly environment: string;
}

/** How a run is shown while it goes on. */
export interface View {
  readonly progress: Progress;
  /** Ends the showing and gives the terminal back as it was. Closing twice does nothing more. */
  close(): void;
}
