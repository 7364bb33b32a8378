import type { Project } from '../../definitions/project.ts';
import { barelyTold, type LeftOutRun, type ToldRun, toldRunOf } from '../../report/told-run.ts';
import type { Io } from '../io.ts';
import { nextThing } from '../next-thing.ts';
import { pathFor } from '../tell-result.ts';
import { nameOf, type Outcome } from './job.ts';
import { reasonOf } from './repeats.ts';
import type { Many } from './summary-of-many.ts';

/** What many rehearsals came to, for pipelines: what cannot be read is rejected, what never ran is left out. */
export function toldMany(
  io: Io,
  { outcomes, broken, notRehearsable, interrupted }: Many,
  project: Project,
): { readonly runs: readonly ToldRun[]; readonly leftOut: readonly LeftOutRun[] } {
  return {
    runs: [
      ...outcomes.flatMap((outcome) => toldOutcome(io, outcome, project)),
      ...broken.map(({ experiment, reasons }) =>
        barelyTold({
          experiment: { id: experiment },
          verdict: 'rejected',
          summary: reasons.join('; '),
          next: 'npx steadfast check',
        }),
      ),
    ],
    leftOut: [
      ...outcomes.flatMap(({ job, verdict }) =>
        verdict === 'not run' ? [{ name: nameOf(job), reason: 'interrupted before it began' }] : [],
      ),
      ...(interrupted ? [{ name: 'all', reason: 'the rehearsals were interrupted' }] : []),
      ...notRehearsable.map(({ experiment, reasons }) => ({
        name: experiment,
        reason: `not rehearsable: ${reasons.join('; ')}`,
      })),
    ],
  };
}

function toldOutcome(io: Io, outcome: Outcome, project: Project): readonly ToldRun[] {
  const { job, verdict, journal } = outcome;
  if (verdict === 'not run') return [];
  const { id, file, parsed } = job.experiment;
  const shown = pathFor(io, file);
  if (journal !== undefined)
    return [{ ...toldRunOf(journal, nextThing(journal, project), shown), name: nameOf(job) }];
  return [
    barelyTold({
      experiment: { id, title: parsed.title, hypothesis: parsed.hypothesis, file: shown },
      name: nameOf(job),
      verdict,
      summary: reasonOf(outcome) ?? verdict,
      runId: job.runId,
    }),
  ];
}
