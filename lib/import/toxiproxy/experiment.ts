import { type ExperimentDefinition, experimentSchema } from '../../experiment/experiment.ts';
import { ownerOf } from '../../recipes/owner-of.ts';
import { steadyStateOf } from '../../recipes/steady-state-of.ts';
import { decide, type Work } from '../drafting/work.ts';
import type { ProxyLink } from './links.ts';
import type { ToxicFault } from './toxic-faults.ts';

/** A proxy keeps a toxic until it is taken away: long enough to judge a percentile, and short enough for a first run. */
const usualDuration = '3m';

/** An experiment with one fault, with what the source does not say as proposals; undefined where it fits no schema. */
export function experimentOf(
  work: Work,
  { from, to }: ProxyLink,
  { action, parameters }: ToxicFault,
  lab: string,
): ExperimentDefinition | undefined {
  decide(
    work,
    ['hypothesis'],
    `what still holds for the users of '${from}' meanwhile: Toxiproxy has no hypothesis`,
  );
  decide(
    work,
    ['steadyState'],
    'what healthy looks like: Toxiproxy has no steady state, so this is a proposal',
  );
  decide(work, ['owner'], 'which team answers for it');
  decide(
    work,
    ['stages', 0, 'duration'],
    'how long it lasts: Toxiproxy keeps a toxic until it is taken away',
  );
  const { environment } = work.ground;
  const written = {
    id: work.id,
    title: `${from} with a bad link to ${to}`,
    owner: ownerOf(from, work.context.project),
    hypothesis: `If the link from ${from} to ${to} is bad, users of ${from} notice little.`,
    steadyState: steadyStateOf(from, work.context.project) ?? {
      answers: {
        http: { service: from, path: '/' },
        tolerances: { p95: { below: '500ms' }, errorRate: { below: '1%' } },
      },
    },
    faults: { link: { action, selector: { service: from }, parameters } },
    stages: [{ share: '100%', duration: usualDuration }],
    recovery: { within: '10%', atLeast: { latency: '10ms', rate: '1%' }, objective: '2m' },
    lab,
    ...(environment === undefined ? {} : { environments: { [environment]: {} } }),
  };
  return isExperiment(written) ? written : undefined;
}

const isExperiment = (value: unknown): value is ExperimentDefinition =>
  experimentSchema.safeParse(value).success;
