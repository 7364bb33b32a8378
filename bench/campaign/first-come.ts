import type { Interval } from '../../lib/campaign/busy-times.ts';
import {
  type CampaignRequest,
  type PlacedJob,
  placeOf,
  placesPerRegion,
} from '../../lib/campaign/campaign.ts';

/**
 * What a queue does: in each account and Region the experiments start in the order in which they were handed in, each as soon as it may,
 * and none before the one ahead of it. It keeps every rule of a campaign.
 */
export function firstCome({ jobs, environments, fromMs }: CampaignRequest): PlacedJob[] {
  const known = new Map(environments.map((one) => [one.id, one]));
  const queues = new Map<string, { atMs: number; running: PlacedJob[] }>();
  return jobs.flatMap((job) => {
    const there = known.get(job.environment);
    if (there === undefined) return [];
    const queue = queues.get(placeOf(there)) ?? { atMs: fromMs, running: [] };
    queues.set(placeOf(there), queue);
    for (let atMs = queue.atMs; ; ) {
      const running = queue.running.filter(({ endMs }) => endMs > atMs);
      const inTheWay = running.filter(
        (other) =>
          running.length >= placesPerRegion ||
          (other.job.environment === job.environment &&
            (running.filter((one) => one.job.environment === job.environment).length >= there.runs ||
              sharesService(job, other.job))),
      );
      const blackout = blackoutIn(there.blackouts, atMs, atMs + job.durationMs);
      if (inTheWay.length === 0 && blackout === undefined) {
        const placed = { job, startMs: atMs, endMs: atMs + job.durationMs };
        queue.atMs = atMs;
        queue.running = [...running, placed];
        return [placed];
      }
      atMs = blackout?.toMs ?? Math.min(...inTheWay.map(({ endMs }) => endMs));
    }
  });
}

const blackoutIn = (blackouts: readonly Interval[], fromMs: number, toMs: number): Interval | undefined =>
  blackouts.find((one) => one.fromMs < toMs && one.toMs > fromMs);

const sharesService = (a: PlacedJob['job'], b: PlacedJob['job']): boolean =>
  a.touches.some((one) => b.touches.includes(one) || b.uses.includes(one)) ||
  b.touches.some((one) => a.uses.includes(one));
