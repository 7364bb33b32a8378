import type { LoadedExperiment, LoadedLab } from '../../definitions/load-definition.ts';
import { systemClock } from '../../probing/system-clock.ts';
import type { Journal } from '../../run/journal.ts';
import type { Progress } from '../../run/progress.ts';
import type { Io } from '../io.ts';
import { createView } from '../view/view.ts';

/** Shows a rehearsal while `work` goes on, and gives the terminal back whatever happens. */
export async function shown(
  io: Io,
  experiment: LoadedExperiment,
  lab: LoadedLab,
  work: (progress: Progress) => Promise<Journal>,
): Promise<Journal> {
  const view = createView({
    stream: io.stderr,
    isTerminal: io.isTerminal,
    columns: io.stderr.columns ?? 80,
    colours: io.stderrColours,
    clock: systemClock,
    experiment: experiment.parsed,
    environment: `lab ${lab.id}`,
  });
  try {
    return await work(view.progress);
  } finally {
    view.close();
  }
}
