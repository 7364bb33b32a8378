import { mkdir } from 'node:fs/promises';
import type { Experiment, ExperimentDefinition } from '../../experiment/experiment.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { readSet } from '../../plan/read-set.ts';
import type { Journal } from '../../run/journal.ts';
import type { Clock } from '../../run/ports.ts';
import { type LabOfRuns, type RehearseOptions, rehearseIn } from '../rehearse.ts';
import type { StageRun } from './hold-game-day.ts';

/** An experiment of a stage, as it was written, read, and where it lies. */
export interface StageExperiment {
  readonly id: string;
  readonly definition: ExperimentDefinition;
  readonly parsed: Experiment;
  readonly file: string;
}

/** Runs stages of a game day in a lab that runs, each as `rehearse` runs an experiment, into a folder of its own. */
export function createStagesInLab(options: {
  readonly place: LabOfRuns;
  readonly lab: RehearseOptions['lab'];
  readonly experiments: readonly StageExperiment[];
  /** Where the files of a run go; made where it is not there. */
  readonly folderOf: (runId: string) => string;
  readonly seed: number;
  readonly clock: Clock;
  readonly tell: (text: string) => void;
  /** Told of a run's journal once it is written. */
  readonly onJournal: (journal: Journal, folder: string) => Promise<void>;
}): (stage: StageRun) => Promise<Journal> {
  const { place, lab, experiments, seed, clock, tell } = options;
  return async ({ launch, halts, onBegin, approvals, progress, waitForAnswer }) => {
    const { runId, launcher } = launch;
    const { gameDay, stage, set } = launch.input;
    const experiment = experiments.find(({ id }) => id === launcher);
    if (experiment === undefined)
      throw new SteadfastError('unknown-id', `there is no experiment '${launcher}'`);
    const out = options.folderOf(runId);
    await mkdir(out, { recursive: true });
    const asked = Object.entries(set ?? {}).map(([name, value]) => `${name}=${value}`);
    const chosen = readSet(experiment.parsed, asked);
    const journal = await rehearseIn(
      {
        experiment,
        lab,
        runId,
        out,
        seed,
        ...(chosen === undefined ? {} : { set: chosen }),
        ...(stage === undefined ? {} : { stage }),
        gameDay,
        approvals,
        clock,
        progress,
        halts,
        // The lab runs already: what ends the run ends it in order.
        signal: new AbortController().signal,
        tell,
        onBegin,
        waitForAnswer,
      },
      place,
    );
    await options.onJournal(journal, out);
    return journal;
  };
}
