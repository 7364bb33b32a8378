import type { Project } from '../../../definitions/project.ts';
import { problemsHere } from '../../../lab/fis/why-not-here.ts';
import { planTargetOfLab } from '../../../plan/lab-target.ts';
import { counted, fine, type Look, namesOf, skipped, unfit } from '../look.ts';

/** Whether this machine can carry out the faults that the project's labs play: some need Linux, a second CPU, or prlimit and taskset. */
export const faultsLook = (load: () => Promise<Project>): Look => ({
  name: 'lab-faults',
  docs: 'how-to/hurt-a-process.md',
  look: async () => {
    const { experiments, labs } = await load();
    const played = experiments.flatMap((experiment) => {
      const lab = labs.find(({ id }) => id === experiment.parsed.lab);
      return lab === undefined ? [] : [{ experiment, target: planTargetOfLab(lab.definition, lab.parsed) }];
    });
    if (played.length === 0) return skipped('no experiment is rehearsed in a lab');
    const unfitted = played.flatMap(({ experiment, target }) =>
      problemsHere(experiment.parsed, target).map((problem) => ({ id: experiment.id, problem })),
    );
    const [first] = unfitted;
    if (first === undefined)
      return fine(`this machine can carry out the faults of ${counted(played.length, 'rehearsal')}`);
    const ids = [...new Set(unfitted.map(({ id }) => id))];
    return unfit(
      'warn',
      `${namesOf(ids)} cannot be rehearsed here: ${first.problem.message}`,
      first.problem.hint ?? 'rehearse them on another machine',
    );
  },
});
