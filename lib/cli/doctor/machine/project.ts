import type { Project } from '../../../definitions/project.ts';
import { codesOf } from '../../explain-hint.ts';
import { counted, fine, type Look, namesOf, unfit } from '../look.ts';

/** Whether there is a project, and all of it can be read. */
export const projectLook = (load: () => Promise<Project>): Look => ({
  name: 'project',
  docs: 'how-to/write-an-experiment.md',
  look: async () => {
    const { root, experiments, environments, labs, gameDays, problems } = await load();
    const wrong = problems.filter(({ severity }) => severity !== 'note');
    if (wrong.length > 0) {
      const codes = [...new Set(codesOf(wrong))];
      const which = codes.length === 0 ? '' : ` (${namesOf(codes)})`;
      return unfit(
        'fail',
        `${counted(wrong.length, 'problem')} in the definitions of ${root}${which}`,
        'steadfast check tells each with its place',
      );
    }
    const kinds = [
      counted(experiments.length, 'experiment'),
      counted(environments.length, 'environment'),
      counted(labs.length, 'lab'),
      counted(gameDays.length, 'game day'),
    ];
    if (experiments.length + environments.length + labs.length + gameDays.length === 0)
      return unfit(
        'warn',
        `there is no definition under ${root}/experiments`,
        'go to the folder that holds experiments/, or make a first project: steadfast init',
      );
    return fine(`${kinds.join(', ')} in ${root}`);
  },
});
