import * as z from 'zod';
import { probeSchema } from '../experiment/probe.ts';

const outcomeSchema = z.strictObject({
  latencyMs: z.number().optional(),
  status: z.number().optional(),
  value: z.number().optional(),
  error: z.string().optional(),
});

/** What a prober at a vantage point is handed: requests ahead of the time when each is due. */
export const batchSchema = z.strictObject({
  /** Base URL of each service. */
  services: z.record(z.string(), z.string()),
  secrets: z.record(
    z.string(),
    z.union([z.strictObject({ secretsManager: z.string() }), z.strictObject({ ssm: z.string() })]),
  ),
  selfCheck: z.strictObject({ url: z.string() }).optional(),
  /** Whether its self-check has been seen to work in this run. */
  selfCheckWorks: z.boolean(),
  /** Whether to look at it now. */
  looks: z.boolean(),
  probes: z.record(z.string(), probeSchema),
  asks: z.array(z.strictObject({ probe: z.string(), dueMs: z.number(), timeoutMs: z.number() })),
});

/** What it answers, by its own clock. */
export const batchAnswerSchema = z.strictObject({
  beganMs: z.number(),
  endedMs: z.number(),
  /** One of each request, in their order. */
  outcomes: z.array(outcomeSchema),
  /** Why the self-check failed, where it was to look. */
  selfCheckFailed: z.string().optional(),
});

/** As it is sent. */
export type BatchDocument = z.input<typeof batchSchema>;
export type Batch = z.output<typeof batchSchema>;
export type BatchAnswer = z.output<typeof batchAnswerSchema>;
