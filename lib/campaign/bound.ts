import type { Interval } from './busy-times.ts';
import {
  type CampaignEnvironment,
  type CampaignJob,
  grouped,
  longestFirst,
  placesPerRegion,
  totalMs,
} from './campaign.ts';

/** A time of some capacity: so much work can be done at once in it. */
interface Stretch extends Interval {
  readonly capacity: number;
}

/** The gaps that these intervals leave from `fromMs` on, of at least `leastMs`; the last one never ends. */
export function gapsBetween(blackouts: readonly Interval[], fromMs: number, leastMs: number): Interval[] {
  const gaps: Interval[] = [];
  let at = fromMs;
  for (const { fromMs: start, toMs: end } of blackouts.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (start - at >= leastMs) gaps.push({ fromMs: at, toMs: start });
    at = Math.max(at, end);
  }
  return [...gaps, { fromMs: at, toMs: Number.POSITIVE_INFINITY }];
}

/** When so much work can be done at the earliest: with all of the capacity used from the beginning. */
function earliestEnd(workMs: number, stretches: readonly Stretch[]): number {
  let left = workMs;
  for (const { fromMs, toMs, capacity } of stretches) {
    const doneMs = (toMs - fromMs) * capacity;
    if (capacity > 0 && left <= doneMs) return fromMs + left / capacity;
    left -= doneMs;
  }
  return Number.POSITIVE_INFINITY;
}

/** The capacity of several environments together, of which no more than `atMost` can be used at once. */
function together(all: readonly (readonly Stretch[])[], atMost: number): Stretch[] {
  const changes = all
    .flat()
    .flatMap(({ fromMs, toMs, capacity }) => [
      { atMs: fromMs, by: capacity },
      { atMs: toMs, by: -capacity },
    ])
    .toSorted((a, b) => a.atMs - b.atMs);
  let sum = 0;
  return changes.map(({ atMs, by }, index) => {
    sum += by;
    return {
      fromMs: atMs,
      toMs: changes[index + 1]?.atMs ?? Number.POSITIVE_INFINITY,
      capacity: Math.min(atMost, sum),
    };
  });
}

/** What keeps a campaign from ending sooner. */
export interface Bound {
  /** No plan ends before it. */
  readonly endMs: number;
  /** What it follows from: `account/region`, an environment, or `environment/service`. */
  readonly by: string;
}

/**
 * When the jobs of one account and Region can all be done at the earliest, whatever their order: the latest of what follows from
 *
 * - all their work, over the places there;
 * - the work in each environment, over its runs at once;
 * - the work on each service: runs that touch it come one after another, and none that needs it left alone runs beside them;
 *
 * each only in gaps between blackouts that are long enough for the shortest of these jobs. A single job is the smallest case of the last.
 */
export function boundOf(
  jobs: readonly CampaignJob[],
  environments: readonly CampaignEnvironment[],
  fromMs: number,
): Bound {
  const byEnvironment = grouped(jobs, ({ environment }) => [environment]);
  const bounds: Bound[] = [];
  const stretches: Stretch[][] = [];
  for (const { id, runs, blackouts } of environments) {
    const own = byEnvironment.get(id) ?? [];
    if (own.length === 0) continue;
    const openFor = (some: readonly CampaignJob[], capacity: number): Stretch[] =>
      gapsBetween(blackouts, fromMs, Math.min(...some.map(({ durationMs }) => durationMs))).map((gap) => ({
        ...gap,
        capacity,
      }));
    const limit = Math.min(runs, placesPerRegion);
    stretches.push(openFor(own, limit));
    bounds.push({ by: id, endMs: earliestEnd(totalMs(own), openFor(own, limit)) });
    for (const [service, { touching, using }] of demandOf(own)) {
      const workMs = totalMs(touching) + besideMs(using, limit);
      bounds.push({
        by: `${id}/${service}`,
        endMs: earliestEnd(workMs, openFor([...touching, ...using], 1)),
      });
    }
    for (const job of own)
      bounds.push({ by: job.id, endMs: earliestStart(job, blackouts, fromMs) + job.durationMs });
  }
  const [first] = environments;
  if (first !== undefined)
    bounds.push({
      by: `${first.account}/${first.region}`,
      endMs: earliestEnd(totalMs(jobs), together(stretches, placesPerRegion)),
    });
  return bounds.reduce((latest, one) => (one.endMs > latest.endMs ? one : latest), {
    endMs: fromMs,
    by: 'nothing',
  });
}

const earliestStart = ({ durationMs }: CampaignJob, blackouts: readonly Interval[], fromMs: number): number =>
  gapsBetween(blackouts, fromMs, durationMs)[0]?.fromMs ?? fromMs;

/** Who touches a service, and who else needs it left alone. */
export interface Demand {
  readonly touching: CampaignJob[];
  readonly using: CampaignJob[];
}

/** The demand for each service of one environment. */
export function demandOf(jobs: readonly CampaignJob[]): Map<string, Demand> {
  const touching = grouped(jobs.toSorted(longestFirst), (job) => new Set(job.touches));
  const using = grouped(jobs, (job) => new Set(job.uses.filter((service) => !job.touches.includes(service))));
  return new Map(
    [...touching].map(([service, some]) => [service, { touching: some, using: using.get(service) ?? [] }]),
  );
}

/** The least time in which those who only use a service are done with it, at most `atOnce` of them beside each other. */
export const besideMs = (using: readonly CampaignJob[], atOnce: number): number =>
  using.reduce((longest, { durationMs }) => Math.max(longest, durationMs), totalMs(using) / atOnce);
