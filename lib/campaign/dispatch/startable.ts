import { placesPerRegion } from '../campaign.ts';
import type { CampaignPart, PlannedJob } from '../plan-document.ts';
import type { JobProgress } from './dispatch-state.ts';

/** A job with its place in the plan. */
export interface IndexedJob {
  readonly index: number;
  readonly job: PlannedJob;
}

/**
 * What keeps the rest of a plan from starting now, by the plan's order and not by its clock: a job waits for every earlier one that it
 * must not run beside, however late that ends; for a place of the account and one of its environment; for its own time; and for the end of
 * a blackout that it would run into.
 */
export interface Startable {
  readonly jobs: readonly IndexedJob[];
  /** When the next one may start whose time alone is in the way. */
  readonly nextMs: number | undefined;
  /** Those that cannot start any more: the plan knows no blackouts so far ahead. */
  readonly expired: readonly IndexedJob[];
}

export function startableNow(
  part: CampaignPart,
  cursor: number,
  known: ReadonlyMap<number, JobProgress>,
  nowMs: number,
): Startable {
  const environments = new Map(part.environments.map((one) => [one.id, one]));
  const untouchable = new Set<string>();
  const touched = new Set<string>();
  const running = new Map<string, number>();
  const isStarting = (index: number) => known.get(index)?.status === 'starting';
  const take = ({ environment }: PlannedJob) => running.set(environment, (running.get(environment) ?? 0) + 1);
  for (const [index, { status }] of known) {
    const job = part.jobs[index];
    if (job !== undefined && status === 'starting') take(job);
  }
  let places = [...running.values()].reduce((sum, count) => sum + count, 0);
  const jobs: IndexedJob[] = [];
  const expired: IndexedJob[] = [];
  let nextMs: number | undefined;
  const notBefore = (ms: number) => {
    nextMs = Math.min(ms, nextMs ?? ms);
  };

  for (const [offset, job] of part.jobs.slice(cursor).entries()) {
    const index = cursor + offset;
    const own = known.get(index);
    if (own?.status === 'ended') continue;
    const startMs = Date.parse(job.start);
    if (!isStarting(index) && startMs > nowMs) {
      // All that follow start no earlier.
      notBefore(startMs);
      break;
    }
    const named = (service: string) => `${job.environment}/${service}`;
    const isFree =
      !job.touches.some((one) => untouchable.has(named(one))) &&
      !job.uses.some((one) => touched.has(named(one)));
    for (const one of job.touches) {
      touched.add(named(one));
      untouchable.add(named(one));
    }
    for (const one of job.uses) untouchable.add(named(one));
    if (isStarting(index) || !isFree) continue;
    const there = environments.get(job.environment);
    const endMs = nowMs + Date.parse(job.end) - startMs;
    if (endMs > Date.parse(part.until)) {
      expired.push({ index, job });
      continue;
    }
    const blackout = there?.blackouts.find(
      ({ from, until }) => Date.parse(from) < endMs && Date.parse(until) > nowMs,
    );
    const retryMs = own?.notBefore === undefined ? nowMs : Date.parse(own.notBefore);
    if (blackout !== undefined) notBefore(Date.parse(blackout.until));
    else if (retryMs > nowMs) notBefore(retryMs);
    else if (places < placesPerRegion && (running.get(job.environment) ?? 0) < (there?.runs ?? 0)) {
      jobs.push({ index, job });
      take(job);
      places += 1;
    }
  }
  return { jobs, expired, nextMs };
}
