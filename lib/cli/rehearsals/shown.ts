import type { LoadedExperiment, LoadedLab } from '../../definitions/load-definition.ts';
import { withOnly } from '../../plan/only-stage.ts';
import { systemClock } from '../../probing/system-clock.ts';
import type { Journal } from '../../run/journal.ts';
import type { Progress } from '../../run/progress.ts';
import type { Io } from '../io.ts';
import { createView } from '../view/view.ts';

interface Shown {
  readonly experiment: LoadedExperiment;
  readonly lab: LoadedLab;
  /** The one stage that is run; all where undefined. */
  readonly stage: number | undefined;
}

/** Shows a rehearsal, of all stages or of the one that is run, while `work` goes on, and gives the terminal back whatever happens. */
export async function shown(
  io: Io,
  { experiment, lab, stage }: Shown,
  work: (progress: Progress) => Promise<Journal>,
): Promise<Journal> {
  const view = createView({
    stream: io.stderr,
    isTerminal: io.isTerminal,
    columns: io.stderr.columns ?? 80,
    colours: io.stderrColours,
    clock: systemClock,
    experiment: stage === undefined ? experiment.parsed : withOnly(experiment.parsed, stage),
    environment: `lab ${lab.id}`,
  });
  try {
    return await work(view.progress);
  } finally {
    view.close();
  }
}
