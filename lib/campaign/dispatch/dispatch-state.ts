import * as z from 'zod/mini';
import { rejectionSchema, verdictSchema } from '../../experiment/verdict.ts';
import { verdictCountsSchema } from '../stop-after.ts';

/** What goes from step to step of a dispatcher, and from one of its executions to the next: small, whatever the campaign's size. */
export const dispatchStateSchema = z.object({
  campaign: z.string(),
  /** Which of the campaign's executions this is, from 1. */
  execution: z.int().check(z.positive()),
  /** How many steps this execution has made. */
  steps: z._default(z.int(), 0),
  /** All jobs before this one have ended. */
  cursor: z._default(z.int(), 0),
  /** Their verdicts. */
  counts: z._default(verdictCountsSchema, {}),
  next: z.optional(z.enum(['wait', 'continue', 'done', 'stopped'])),
  waitSeconds: z.optional(z.int()),
  /** The execution that goes on where this one ends. */
  continuation: z.optional(z.string()),
  /** Why nothing more is started. */
  reason: z.optional(z.string()),
  /** People have been told that its policy has stopped it. */
  told: z.optional(z.boolean()),
  /** Of a campaign with parts elsewhere: since when this dispatcher follows it. */
  since: z.optional(z.string()),
  /** Every other part has been told at least once. */
  touched: z.optional(z.boolean()),
  /** Since when one of them cannot be told. */
  untoldSince: z.optional(z.string()),
});

export type DispatchState = z.output<typeof dispatchStateSchema>;

/** How far one job of a campaign is. One that is not written down has not been touched. */
export const jobProgressSchema = z.object({
  /** Its place in the plan. */
  index: z.int(),
  /** `starting`: its launcher has been started, or is about to be. `waiting`: it was rejected as busy, and is tried again. */
  status: z.enum(['starting', 'waiting', 'ended']),
  /** From 1. */
  attempt: z.int(),
  /** The run, which the launcher's execution is named after. */
  runId: z.string(),
  at: z.string(),
  /** Of one that waits: not before. */
  notBefore: z.optional(z.string()),
  verdict: z.optional(verdictSchema),
  rejection: z.optional(rejectionSchema),
  /** Why it was never started, where the dispatcher itself said so. */
  reason: z.optional(z.string()),
});

export type JobProgress = z.output<typeof jobProgressSchema>;

/** How a campaign is, in short. */
export const campaignStatusSchema = z.object({
  status: z.enum(['running', 'done', 'stopped']),
  execution: z.int(),
  at: z.string(),
  reason: z.optional(z.string()),
  /** Where a stop began that began in another part. */
  stoppedIn: z.optional(z.object({ dispatcher: z.string(), account: z.string(), region: z.string() })),
});

export type CampaignStatus = z.output<typeof campaignStatusSchema>;
