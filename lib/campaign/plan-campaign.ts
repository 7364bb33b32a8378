import { type Bound, boundOf } from './bound.ts';
import {
  type CampaignEnvironment,
  type CampaignJob,
  type CampaignRequest,
  compareText,
  grouped,
  type PlacedJob,
  placeOf,
  type UnplacedJob,
} from './campaign.ts';
import { type Fairness, fairnessOf } from './fairness.ts';
import { inTurn } from './order.ts';
import { placeJobs } from './place-jobs.ts';

/** When everything runs in one account and Region. */
interface PlacePlan {
  /** `account/region` */
  readonly place: string;
  readonly environments: readonly CampaignEnvironment[];
  /** In the order of their starts. */
  readonly placed: readonly PlacedJob[];
  readonly endMs: number;
  readonly bound: Bound;
  readonly fairness: Fairness;
}

export interface CampaignPlan {
  readonly fromMs: number;
  readonly endMs: number;
  /** No plan ends before it. */
  readonly bound: Bound;
  readonly places: readonly PlacePlan[];
  readonly unplaced: readonly UnplacedJob[];
}

/**
 * Plans a campaign. Every job has its time or a reason why it has none; the same jobs, in whatever order they come, give the same plan.
 * Accounts and Regions share nothing, so each is planned by itself.
 */
export function planCampaign({ jobs, environments, fromMs, untilMs }: CampaignRequest): CampaignPlan {
  const known = new Map(environments.map((one) => [one.id, one]));
  const strangers = jobs.filter(({ environment }) => !known.has(environment));
  const byPlace = grouped(jobs, ({ environment }) => {
    const there = known.get(environment);
    return there === undefined ? [] : [placeOf(there)];
  });
  const span = { fromMs, untilMs };
  const planned = [...byPlace]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([place, own]) => planPlace(place, own, environmentsOf(own, environments), span));
  const bounds = planned.map(({ plan: { bound } }) => bound);
  return {
    fromMs,
    endMs: Math.max(fromMs, ...planned.map(({ plan }) => plan.endMs)),
    bound: bounds.reduce((latest, one) => (one.endMs > latest.endMs ? one : latest), {
      endMs: fromMs,
      by: 'nothing',
    }),
    places: planned.map(({ plan }) => plan),
    unplaced: [
      ...planned.flatMap(({ unplaced }) => unplaced),
      ...placeJobs(strangers, [], span).unplaced,
    ].toSorted((a, b) => compareText(a.job.id, b.job.id)),
  };
}

/** Those that jobs are in, in the order of their ids. */
function environmentsOf(
  jobs: readonly CampaignJob[],
  environments: readonly CampaignEnvironment[],
): CampaignEnvironment[] {
  const used = new Set(jobs.map(({ environment }) => environment));
  return environments.filter(({ id }) => used.has(id)).toSorted((a, b) => compareText(a.id, b.id));
}

function planPlace(
  place: string,
  jobs: readonly CampaignJob[],
  environments: readonly CampaignEnvironment[],
  span: { readonly fromMs: number; readonly untilMs: number },
): { readonly plan: PlacePlan; readonly unplaced: readonly UnplacedJob[] } {
  const { fromMs } = span;
  const hopedFor = boundOf(jobs, environments, fromMs);
  const order = inTurn(jobs, environments, hopedFor.endMs - fromMs);
  const { placed, unplaced } = placeJobs(order, environments, span);
  const done = placed.map(({ job }) => job);
  return {
    unplaced,
    plan: {
      place,
      environments,
      placed: placed.toSorted((a, b) => a.startMs - b.startMs || compareText(a.job.id, b.job.id)),
      endMs: placed.reduce((last, { endMs }) => Math.max(last, endMs), fromMs),
      bound: unplaced.length === 0 ? hopedFor : boundOf(done, environments, fromMs),
      fairness: fairnessOf(placed, fromMs),
    },
  };
}
