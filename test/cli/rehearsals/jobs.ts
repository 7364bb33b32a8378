import type { Job, Outcome } from '../../../lib/cli/rehearsals/job.ts';
import type { ExperimentDefinition } from '../../../lib/experiment/experiment.ts';
import { experiment } from '../view/view-fixture.ts';

const definition: ExperimentDefinition = {
  id: 'slow-database',
  title: 'A slow database does not slow the shop',
  owner: 'team-shop',
  hypothesis: 'Products still come at once.',
  steadyState: {},
  faults: {},
  stages: [],
  recovery: { objective: '60s' },
};

/** One of many rehearsals. */
export const jobOf = (id: string, time?: number): Job => ({
  experiment: {
    id,
    file: `experiments/${id}.json`,
    definition: { ...definition, id },
    parsed: { ...experiment, id },
    lineOf: () => undefined,
  },
  seed: 7,
  runId: `${id}-run`,
  out: `runs/${id}`,
  ...(time === undefined ? {} : { time }),
});

export const endOf = (job: Job, verdict: Outcome['verdict'], given: Partial<Outcome> = {}): Outcome => ({
  job,
  seconds: 12.34,
  verdict,
  ...given,
});
