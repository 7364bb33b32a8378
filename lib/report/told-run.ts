import * as z from 'zod/mini';
import type { Journal, JournalStage } from '../run/journal.ts';

/** A stage as far as it is known: of bare samples there are no targets. */
export type ToldStage = Pick<JournalStage, 'label' | 'tolerances' | 'windows' | 'start' | 'end'> &
  Partial<Pick<JournalStage, 'faults' | 'targets' | 'bite' | 'halt' | 'soak'>>;

/** A run as pipelines are told of it: all of a journal that they show, or as much as is known where there is none. */
export interface ToldRun
  extends Pick<Journal, 'verdict' | 'summary' | 'baseline' | 'recovery' | 'rollbacks'> {
  readonly experiment: {
    readonly id: string;
    readonly title?: string | undefined;
    readonly hypothesis?: string | undefined;
    /** Its file, from where the command was called. */
    readonly file?: string | undefined;
  };
  /** What it is called beside others, where that is not the experiment's id: `slow-database 2`. */
  readonly name?: string | undefined;
  /** Where it ran: `staging`, `the lab shop`; absent of bare samples. */
  readonly place?: string | undefined;
  readonly runId?: string | undefined;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly pace?: number | undefined;
  readonly findings: Journal['findings'];
  readonly checks: Journal['checks'];
  readonly residue?: Journal['residue'];
  readonly stages: readonly ToldStage[];
  /** What to do next, in one line. */
  readonly next?: string | undefined;
}

/** An experiment that was left out, with the reason. */
export interface LeftOutRun {
  readonly name: string;
  readonly reason: string;
}

const withHypothesis = z.looseObject({ hypothesis: z.string() });

/** What a journal tells pipelines. */
export function toldRunOf(journal: Journal, next: string | undefined, file?: string): ToldRun {
  const { experiment, environment, mode } = journal;
  const definition = withHypothesis.safeParse(experiment.definition);
  return {
    ...journal,
    experiment: {
      id: experiment.id,
      title: experiment.title,
      hypothesis: definition.success ? definition.data.hypothesis : undefined,
      file,
    },
    place: mode === 'rehearsal' ? `the lab ${environment.id}` : environment.id,
    next,
  };
}

/** A run of which nothing but its verdict is known. */
export const barelyTold = (
  known: Pick<ToldRun, 'experiment' | 'verdict' | 'summary'> & Partial<ToldRun>,
): ToldRun => ({
  baseline: { probes: [], tolerances: [], windows: [] },
  stages: [],
  rollbacks: [],
  findings: [],
  checks: [],
  recovery: undefined,
  ...known,
});
