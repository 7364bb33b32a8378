import type { ExperimentDefinition } from '../experiment/experiment.ts';
import type { Subject } from './subject.ts';

/** One thing about a service that can be broken, as an experiment would say it. */
export interface Breakage {
  /** What is broken, in a few words: `half of its tasks`, `its link to database`. */
  readonly what: string;
  /** What the experiment is called: its id comes from `id`, with a number where that is taken. */
  readonly id: string;
  readonly title: string;
  readonly hypothesis: string;
  readonly faults: ExperimentDefinition['faults'];
  readonly stages: ExperimentDefinition['stages'];
}

/** A way to break services that teams meet often: which it can break, and how the experiment is written. */
export interface Recipe {
  /** Names it on the command line. */
  readonly id: string;
  /** What fails, in a few words. */
  readonly title: string;
  /** What someone learns by it, for an experiment's description. */
  readonly teaches: string;
  /** What of a service it can break; nothing where the service has nothing of the kind. */
  readonly breaks: (subject: Subject) => readonly Breakage[];
}
