import * as z from 'zod/mini';
import { roleNames } from '../experiment/role-names.ts';

const ms = z.number().check(z.nonnegative());

const prediction = z.strictObject({
  says: z.string(),
  shownBy: z.optional(z.string()),
  is: z.optional(z.enum(['met', 'missed'])),
});

const alert = z.strictObject({
  /** Its name or ARN; in a lab the guard. */
  alarm: z.string(),
  withinMs: ms,
  clearsWithinMs: z.optional(ms),
});

/** Everything a game day needs to know, with all logical names resolved and all defaults in: what is deployed, or rehearsed. */
export const gameDayInputSchema = z.strictObject({
  schemaVersion: z.literal(1),
  mode: z.enum(['rehearsal', 'aws']),
  id: z.string(),
  title: z.string(),
  owner: z.string(),
  hypothesis: z.string(),
  blastRadius: z.string(),
  /** As it was written. */
  definition: z.json(),
  /** SHA-256 of this input without the hash itself, in canonical JSON: what a `go` approves. */
  hash: z.string(),
  environment: z.strictObject({
    id: z.string(),
    production: z.boolean(),
    account: z.optional(z.string()),
    region: z.optional(z.string()),
  }),
  timeZone: z.string(),
  cadence: z.optional(z.enum(['monthly', 'quarterly'])),
  /** People are as slow in a lab as anywhere: they are not paced. */
  times: z.strictObject({ preBriefMs: ms, experimentMs: ms, retrospectiveMs: ms, approvalMs: ms }),
  /** Item to what must be seen to; those that every game day needs are in it. */
  preBrief: z.record(z.string(), z.string()),
  approvers: z.strictObject({
    go: z.array(z.enum(roleNames)),
    stages: z.array(z.enum(roleNames)),
    extend: z.array(z.enum(roleNames)),
  }),
  /** ARNs of the IAM roles and users that may act in each role; empty in a lab. */
  principals: z.partialRecord(z.enum(roleNames), z.array(z.string())),
  stages: z.array(
    z.strictObject({
      /** The first is 1. */
      number: z.int().check(z.positive()),
      title: z.string(),
      experiment: z.string(),
      /** Which stage of the experiment, the first is 1; all where absent. */
      only: z.optional(z.int().check(z.positive())),
      set: z.optional(z.record(z.string(), z.string())),
      /** How long its run takes at most once it is approved, as the plan knows: it is not offered when it would not end in time. */
      longestMs: ms,
      /** The launcher that starts it; in a lab the experiment's id. */
      launcher: z.string(),
      predictions: z.record(z.string(), prediction),
      alerts: z.record(z.string(), alert),
    }),
  ),
});

export type GameDayInput = z.output<typeof gameDayInputSchema>;
export type GameDayStage = GameDayInput['stages'][number];
