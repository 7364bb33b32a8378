import { fisLimits } from '../fis/limits.ts';
import type { Interval } from './busy-times.ts';

/** One experiment in one environment, as far as its place in a campaign goes. */
export interface CampaignJob {
  /** Names it in the campaign: `<environment>/<experiment>`. */
  readonly id: string;
  readonly experiment: string;
  readonly environment: string;
  readonly owner: string;
  /** The longest that a run of it can take. */
  readonly durationMs: number;
  /** The services that its faults can touch. */
  readonly touches: readonly string[];
  /** The services that it needs to be left alone: what those use, and what its probes look at, with what that uses. */
  readonly uses: readonly string[];
}

/** An environment, as far as a campaign goes. */
export interface CampaignEnvironment {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  /** Runs at once there. */
  readonly runs: number;
  /** When nothing may run. */
  readonly blackouts: readonly Interval[];
}

/** What a campaign is planned from. Times are whole milliseconds. */
export interface CampaignRequest {
  readonly jobs: readonly CampaignJob[];
  readonly environments: readonly CampaignEnvironment[];
  readonly fromMs: number;
  /** Nothing is planned beyond it: nobody knows the blackouts there. */
  readonly untilMs: number;
}

export interface PlacedJob {
  readonly job: CampaignJob;
  readonly startMs: number;
  readonly endMs: number;
}

/** A job that has no place in the campaign, and why. */
export interface UnplacedJob {
  readonly job: CampaignJob;
  readonly code: 'longer-than-any-gap' | 'no-room-before-the-end' | 'unknown-environment';
  readonly reason: string;
}

/** FIS's experiments at once in one account and Region. */
export const placesPerRegion = fisLimits.activeExperiments;

/** Where jobs compete: an account and Region. No two of them share a service, since a service is an environment's. */
export const placeOf = ({ account, region }: Pick<CampaignEnvironment, 'account' | 'region'>): string =>
  `${account}/${region}`;

/** Of two texts, by code unit: the same on every machine, whatever its language. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The longest first; of the same length, by id: the order in which jobs are given never matters. */
export const longestFirst = (a: CampaignJob, b: CampaignJob): number =>
  b.durationMs - a.durationMs || compareText(a.id, b.id);

export const totalMs = (jobs: readonly CampaignJob[]): number =>
  jobs.reduce((sum, { durationMs }) => sum + durationMs, 0);

/** What has the same key, together. */
export function grouped<T>(items: Iterable<T>, keysOf: (item: T) => Iterable<string>): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}
