import { activeExperiments } from '../../../aws/command/fis-templates.ts';
import { fisLimits } from '../../../fis/limits.ts';
import { fine, type Look, namesOf, unfit } from '../look.ts';
import type { EnvironmentSight } from './sight.ts';

/** How much of what FIS carries out at once is in use, by whichever team. */
export const activeExperimentsLook = ({ opened }: EnvironmentSight): Look => ({
  name: 'fis-experiments',
  docs: 'how-to/plan-a-run.md',
  look: async () => {
    const active = await activeExperiments(opened.connection.clients.fis);
    const seen = `FIS carries out ${active.length} experiments of ${fisLimits.activeExperiments} at most`;
    return active.length < fisLimits.activeExperiments
      ? fine(seen)
      : unfit(
          'warn',
          `${seen}: ${namesOf(active.map(({ id, runId }) => `${id} (${runId ?? 'not of Steadfast'})`))}`,
          'a run would be rejected as busy until one of them has ended',
        );
  },
});

/** From here on the next deploy may find no room. */
const nearlyFull = 0.9;

/** How many of FIS's templates are in use, by whichever team: a deploy needs one for each stage. */
export const templatesLook = ({ templates, opened }: EnvironmentSight): Look => ({
  name: 'fis-templates',
  docs: 'how-to/deploy.md',
  look: async () => {
    const all = await templates();
    const ours = all.filter(({ environment }) => environment === opened.id).length;
    const seen = `FIS holds ${all.length} templates of ${fisLimits.templates} at most, ${ours} of them of ${opened.id}`;
    const mend = 'delete templates that nobody needs, or deploy some owners to another account or Region';
    if (all.length >= fisLimits.templates) return unfit('fail', seen, mend);
    return all.length >= nearlyFull * fisLimits.templates ? unfit('warn', seen, mend) : fine(seen);
  },
});
