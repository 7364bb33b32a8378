import { gapsBetween } from './bound.ts';
import { type BusyTimes, type Capacity, createBusyTimes, createCapacity } from './busy-times.ts';
import {
  type CampaignEnvironment,
  type CampaignJob,
  type PlacedJob,
  placesPerRegion,
  type UnplacedJob,
} from './campaign.ts';

/** When a service is taken. */
interface ServiceTimes {
  /** By whoever touches it: nobody who needs it left alone runs then. */
  readonly touched: BusyTimes;
  /** By anybody: nobody touches it then. */
  readonly taken: BusyTimes;
}

interface EnvironmentTimes {
  readonly environment: CampaignEnvironment;
  readonly blackout: BusyTimes;
  readonly runs: Capacity;
  readonly services: Map<string, ServiceTimes>;
}

/**
 * Gives each job, in this order, the first time that suits it: a place of its account and Region and one of its environment are free, no
 * blackout falls into it, and nobody else touches what it touches or uses, or uses what it touches. A job that comes later in the order
 * may get an earlier time, in a gap; it never moves another, so none waits for ever.
 */
export function placeJobs(
  inOrder: readonly CampaignJob[],
  environments: readonly CampaignEnvironment[],
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): { placed: PlacedJob[]; unplaced: UnplacedJob[] } {
  const places = createCapacity(placesPerRegion);
  const times = new Map(environments.map((one) => [one.id, timesOf(one)]));
  const placed: PlacedJob[] = [];
  const unplaced: UnplacedJob[] = [];
  for (const job of inOrder) {
    const there = times.get(job.environment);
    if (there === undefined) {
      const reason = `the campaign knows no environment '${job.environment}'`;
      unplaced.push({ job, code: 'unknown-environment', reason });
      continue;
    }
    const startMs = firstTime(job, there, places, { fromMs, untilMs });
    if (startMs === undefined) {
      unplaced.push(whyNever(job, there.environment, { fromMs, untilMs }));
      continue;
    }
    const endMs = startMs + job.durationMs;
    places.add(startMs, endMs);
    there.runs.add(startMs, endMs);
    for (const service of job.touches) {
      const { touched, taken } = serviceTimes(there, service);
      touched.add(startMs, endMs);
      taken.add(startMs, endMs);
    }
    for (const service of job.uses) serviceTimes(there, service).taken.add(startMs, endMs);
    placed.push({ job, startMs, endMs });
  }
  return { placed, unplaced };
}

function timesOf(environment: CampaignEnvironment): EnvironmentTimes {
  const blackout = createBusyTimes();
  for (const { fromMs, toMs } of environment.blackouts) blackout.add(fromMs, toMs);
  const runs = createCapacity(Math.min(environment.runs, placesPerRegion));
  return { environment, blackout, runs, services: new Map() };
}

function serviceTimes({ services }: EnvironmentTimes, service: string): ServiceTimes {
  const known = services.get(service) ?? { touched: createBusyTimes(), taken: createBusyTimes() };
  services.set(service, known);
  return known;
}

/** The first time at which nothing is in the job's way; undefined where there is none before the end. */
function firstTime(
  job: CampaignJob,
  there: EnvironmentTimes,
  places: Capacity,
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): number | undefined {
  const inTheWay = [
    places.full,
    there.runs.full,
    there.blackout,
    ...job.touches.map((service) => serviceTimes(there, service).taken),
    ...job.uses.map((service) => serviceTimes(there, service).touched),
  ];
  // Each moves the job no further than it must: once none moves it any more, nothing earlier would have done.
  for (let atMs = fromMs; atMs + job.durationMs <= untilMs; ) {
    const beforeMs = atMs;
    for (const busy of inTheWay) atMs = busy.firstFree(atMs, job.durationMs);
    if (atMs === beforeMs) return atMs;
  }
  return undefined;
}

function whyNever(
  job: CampaignJob,
  { id, blackouts }: CampaignEnvironment,
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): UnplacedJob {
  const gaps = gapsBetween(blackouts, fromMs, 1).map((gap) => Math.min(gap.toMs, untilMs) - gap.fromMs);
  const longestMs = Math.max(0, ...gaps);
  const minutes = (ms: number) => `${Math.floor(ms / 60_000)} min`;
  const until = new Date(untilMs).toISOString();
  return longestMs < job.durationMs
    ? {
        job,
        code: 'longer-than-any-gap',
        reason: `it can take ${Math.ceil(job.durationMs / 60_000)} min, and the longest time without a blackout in ${id} until ${until} is ${minutes(longestMs)}`,
      }
    : {
        job,
        code: 'no-room-before-the-end',
        reason: `others take what it needs until ${until}: plan further ahead, or fewer experiments`,
      };
}
