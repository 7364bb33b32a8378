import * as z from 'zod';
import { rejectionSchema } from '../../experiment/verdict.ts';
import { counts, idOfEnvironment, time, verdict } from './parts.ts';

const campaign = z.string().describe('Its name: `20261201-1a2b3c4d`.');

export const campaignBegun = z.strictObject({
  campaign,
  environment: idOfEnvironment,
  runs: z.int().describe('How many it has.'),
  started: z.boolean().describe('False where it is under way already.'),
});

const place = { dispatcher: z.string(), account: z.string(), region: z.string() };

export const campaignStatus = z.strictObject({
  campaign,
  environment: idOfEnvironment,
  status: z.enum(['not begun', 'interrupted', 'running', 'done', 'stopped']),
  reason: z.string().optional().describe('Why nothing more is started.'),
  stoppedIn: z.strictObject(place).optional().describe('Where a stop began that began in another part.'),
  counts,
  others: z
    .array(
      z.strictObject({
        ...place,
        runs: z.int(),
        counts,
        status: z.enum(['not heard of', 'over', 'under way']),
        heardAt: time.optional(),
      }),
    )
    .optional()
    .describe('The parts in other accounts and Regions, as far as this one has heard of them.'),
  runs: z.array(
    z.strictObject({
      experiment: z.string(),
      environment: z.string(),
      planned: time,
      status: z.enum(['planned', 'under way', 'waiting', 'ended']),
      runId: z.string().optional(),
      attempt: z.int().optional().describe('From 1.'),
      verdict: verdict.optional(),
      rejection: z.optional(rejectionSchema),
      reason: z.string().optional(),
    }),
  ),
});
