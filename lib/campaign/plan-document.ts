import * as z from 'zod/mini';
import { sha256 } from '../plan/hash.ts';
import type { CampaignEnvironment } from './campaign.ts';
import type { CampaignPlan } from './plan-campaign.ts';
import { type StopAfter, stopAfterSchema } from './stop-after.ts';

const time = z.iso.datetime();

/** One run of a campaign, as its plan has it. */
const plannedJobSchema = z.strictObject({
  experiment: z.string(),
  environment: z.string(),
  owner: z.string(),
  /** Of the definition, as the launcher holds it too. */
  hash: z.string(),
  start: time,
  end: time,
  touches: z.array(z.string()),
  uses: z.array(z.string()),
});

export type PlannedJob = z.output<typeof plannedJobSchema>;

const plannedEnvironmentSchema = z.strictObject({
  id: z.string(),
  /** Runs at once. */
  runs: z.int().check(z.positive()),
  blackouts: z.array(z.strictObject({ from: time, until: time })),
});

/** Another part of the same campaign. */
const otherPartSchema = z.strictObject({
  dispatcher: z.string(),
  account: z.string(),
  region: z.string(),
  /** How many runs it has. */
  jobs: z.int().check(z.positive()),
});

export type OtherPart = z.output<typeof otherPartSchema>;

/** What one dispatcher follows: everything in one account and Region. */
export const partSchema = z.strictObject({
  schemaVersion: z.literal(1),
  campaign: z.string(),
  account: z.string(),
  region: z.string(),
  /** The environment whose dispatcher starts all of it. */
  dispatcher: z.string(),
  environments: z.array(plannedEnvironmentSchema),
  /** Until when the blackouts are known. */
  until: time,
  stopAfter: stopAfterSchema,
  /** The parts in other accounts and Regions with which it stops as a whole; absent where it counts and stops by itself. */
  others: z.optional(z.array(otherPartSchema)),
  /** In the order in which they start. */
  jobs: z.array(plannedJobSchema),
});

export type CampaignPart = z.output<typeof partSchema>;

/** The file that `campaign plan` writes and `campaign run` reads. */
export const planDocumentSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** Names the campaign: made from all that it holds. */
  campaign: z.string(),
  from: time,
  end: time,
  /** No plan ends before it; and what that follows from. */
  bound: z.strictObject({ end: time, by: z.string() }),
  parts: z.array(partSchema),
  unplaced: z.array(
    z.strictObject({
      experiment: z.string(),
      environment: z.string(),
      code: z.string(),
      reason: z.string(),
    }),
  ),
});

export type PlanDocument = z.output<typeof planDocumentSchema>;

const iso = (ms: number) => new Date(Math.ceil(ms)).toISOString();

/** A plan as it is written down. Its name is made from its day and its content: the same plan has the same name. */
export function planDocumentOf(
  plan: CampaignPlan,
  told: {
    readonly hashes: ReadonlyMap<string, string>;
    readonly untilMs: number;
    readonly stopAfter: StopAfter;
    /** Whether all parts stop as one, or each by itself. */
    readonly stopsAsOne: boolean;
    readonly dispatcherOf: (environments: readonly CampaignEnvironment[]) => string;
  },
): PlanDocument {
  const { hashes, untilMs, stopAfter, stopsAsOne, dispatcherOf } = told;
  const alone = plan.places.flatMap(({ environments, placed }) => {
    const [first] = environments;
    if (first === undefined || placed.length === 0) return [];
    return {
      schemaVersion: 1 as const,
      account: first.account,
      region: first.region,
      dispatcher: dispatcherOf(environments),
      environments: environments.map(({ id, runs, blackouts }) => ({
        id,
        runs,
        blackouts: blackouts.map(({ fromMs, toMs }) => ({ from: iso(fromMs), until: iso(toMs) })),
      })),
      until: iso(untilMs),
      stopAfter,
      jobs: placed.map(({ job, startMs, endMs }) => ({
        experiment: job.experiment,
        environment: job.environment,
        owner: job.owner,
        hash: hashes.get(job.id) ?? '',
        start: iso(startMs),
        end: iso(endMs),
        touches: [...job.touches],
        uses: [...job.uses],
      })),
    };
  });
  const parts = stopsAsOne && alone.length > 1 ? alone.map((part) => withOthers(part, alone)) : alone;
  const from = iso(plan.fromMs);
  const campaign = `${from.slice(0, 10).replaceAll('-', '')}-${sha256(JSON.stringify(parts)).slice(0, 8)}`;
  return {
    schemaVersion: 1,
    campaign,
    from,
    end: iso(plan.endMs),
    bound: { end: iso(plan.bound.endMs), by: plan.bound.by },
    parts: parts.map((part) => ({ ...part, campaign })),
    unplaced: plan.unplaced.map(({ job, code, reason }) => ({
      experiment: job.experiment,
      environment: job.environment,
      code,
      reason,
    })),
  };
}

type LonePart = Omit<CampaignPart, 'campaign' | 'others'>;

const withOthers = (part: LonePart, all: readonly LonePart[]): Omit<CampaignPart, 'campaign'> => ({
  ...part,
  others: all
    .filter((one) => one !== part)
    .map(({ dispatcher, account, region, jobs }) => ({ dispatcher, account, region, jobs: jobs.length })),
});
