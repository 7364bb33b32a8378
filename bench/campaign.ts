import type { CampaignRequest } from '../lib/campaign/campaign.ts';
import { type CampaignPlan, planCampaign } from '../lib/campaign/plan-campaign.ts';
import { type Benchmark, median, rounded } from './benchmark.ts';
import { brokenRules } from './campaign/broken-rules.ts';
import { drawFleet, type FleetSize } from './campaign/draw-fleet.ts';
import { firstCome } from './campaign/first-come.ts';

/** Ten accounts with a staging and a production each. */
const fleet: FleetSize = {
  experiments: 10_000,
  services: 1_000,
  places: 10,
  environmentsPerPlace: 2,
  owners: 40,
  hot: 1,
};

/** The same number of experiments and services, otherwise spread. */
const shapes: Readonly<Record<string, Partial<FleetSize>>> = {
  'ten accounts': {},
  'a service in each that half of them touch': { hot: 60 },
  'one account': { places: 1, environmentsPerPlace: 3 },
  'one environment': { places: 1, environmentsPerPlace: 1 },
  'fifty accounts': { places: 50, environmentsPerPlace: 1, hot: 3 },
  'twice as many experiments': { experiments: 20_000 },
};

/** Once to warm up, and then so often; the middle one counts. */
const timed = 5;

/** How good a plan of a large campaign is, and how long it takes to make. */
export const campaign: Benchmark = {
  name: 'campaign',
  title: 'how close the plan of a large campaign comes to the bound, and how long planning takes',
  run: (tell) => {
    const request = drawFleet('measured', 1, fleet);
    const times: number[] = [];
    let plan = planCampaign(request);
    for (let round = 0; round < timed; round += 1) {
      const startMs = performance.now();
      plan = planCampaign(request);
      times.push(performance.now() - startMs);
    }
    const placed = plan.places.flatMap((place) => place.placed);
    const { overlaps, ...others } = brokenRules(request, placed);
    tell(`planned ${placed.length} experiments`);
    return Promise.resolve({
      experiments: request.jobs.length,
      overlaps,
      makespanRatio: ratioOf(plan),
      planMs: rounded(median(times), 0),
      placed: placed.length,
      brokenRules: others,
      makespanDays: days(plan.endMs - plan.fromMs),
      boundDays: days(plan.bound.endMs - plan.fromMs),
      latestOwnerMiddle: rounded(Math.max(...plan.places.map(({ fairness }) => fairness.latest.middle)), 3),
      comparedWith: 'a queue in each account and Region: first come, first served, with the same rules',
      firstComeRatio: firstComeRatio(request, plan),
      shapes: Object.entries(shapes).map(([shape, change]) => {
        tell(shape);
        return measured(shape, drawFleet(shape, 1, { ...fleet, ...change }));
      }),
    });
  },
};

const days = (ms: number) => rounded(ms / 86_400_000, 2);

const ratioOf = ({ fromMs, endMs, bound }: CampaignPlan) =>
  rounded((endMs - fromMs) / (bound.endMs - fromMs), 4);

function firstComeRatio(request: CampaignRequest, { fromMs, bound }: CampaignPlan): number {
  const endMs = firstCome(request).reduce((last, one) => Math.max(last, one.endMs), fromMs);
  return rounded((endMs - fromMs) / (bound.endMs - fromMs), 2);
}

function measured(shape: string, request: CampaignRequest) {
  const startMs = performance.now();
  const plan = planCampaign(request);
  const planMs = rounded(performance.now() - startMs, 0);
  const { overlaps, crowdedPlaces, crowdedEnvironments, atWrongTimes, repeated } = brokenRules(
    request,
    plan.places.flatMap(({ placed }) => placed),
  );
  return {
    shape,
    experiments: request.jobs.length,
    makespanRatio: ratioOf(plan),
    firstComeRatio: firstComeRatio(request, plan),
    planMs,
    broken: overlaps + crowdedPlaces + crowdedEnvironments + atWrongTimes + repeated + plan.unplaced.length,
  };
}
