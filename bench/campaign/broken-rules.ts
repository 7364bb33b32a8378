import type { CampaignEnvironment, CampaignRequest, PlacedJob } from '../../lib/campaign/campaign.ts';

/** How often a plan breaks each rule of campaigns. */
export interface BrokenRules {
  /** Pairs of jobs at once of which one touches what the other touches or uses. */
  readonly overlaps: number;
  /** Starts at which more than five run in an account and Region. */
  readonly crowdedPlaces: number;
  /** Starts at which more run in an environment than may. */
  readonly crowdedEnvironments: number;
  /** Jobs that run in a blackout, or outside the campaign's time. */
  readonly atWrongTimes: number;
  /** Jobs that are placed more than once. */
  readonly repeated: number;
}

/** FIS's experiments at once in one account and Region (FIS user guide, "Quotas"), told here once more. */
const mostInPlace = 5;

/**
 * Looks at a plan without anything that the planner is made of: each start is compared with everything that still runs.
 */
export function brokenRules(request: CampaignRequest, placed: readonly PlacedJob[]): BrokenRules {
  const environments = new Map(request.environments.map((one) => [one.id, one]));
  const broken = { overlaps: 0, crowdedPlaces: 0, crowdedEnvironments: 0, atWrongTimes: 0, repeated: 0 };
  broken.repeated = placed.length - new Set(placed.map(({ job }) => job.id)).size;
  let running: PlacedJob[] = [];
  for (const one of placed.toSorted((a, b) => a.startMs - b.startMs)) {
    const own = environments.get(one.job.environment);
    if (own === undefined) throw new Error(`${one.job.id} runs in no environment`);
    running = running.filter(({ endMs }) => endMs > one.startMs);
    const others = running.map((other) => ({ other, there: environments.get(other.job.environment) }));
    broken.overlaps += running.filter((other) => conflict(one, other)).length;
    const inPlace = others.filter(
      ({ there }) => there?.account === own.account && there.region === own.region,
    );
    if (inPlace.length >= mostInPlace) broken.crowdedPlaces += 1;
    if (others.filter(({ there }) => there?.id === own.id).length >= own.runs)
      broken.crowdedEnvironments += 1;
    if (isAtWrongTime(one, own, request)) broken.atWrongTimes += 1;
    running.push(one);
  }
  return broken;
}

function conflict({ job: a }: PlacedJob, { job: b }: PlacedJob): boolean {
  if (a.environment !== b.environment) return false;
  const needs = (job: PlacedJob['job']) => new Set([...job.touches, ...job.uses]);
  return a.touches.some((one) => needs(b).has(one)) || b.touches.some((one) => needs(a).has(one));
}

const isAtWrongTime = (
  { job, startMs, endMs }: PlacedJob,
  { blackouts }: CampaignEnvironment,
  { fromMs, untilMs }: CampaignRequest,
): boolean =>
  endMs - startMs !== job.durationMs ||
  startMs < fromMs ||
  endMs > untilMs ||
  blackouts.some((blackout) => blackout.fromMs < endMs && blackout.toMs > startMs);
