import * as z from 'zod/mini';
import type { Probe } from '../experiment/probe.ts';

const readProbe = z.looseObject({
  http: z.optional(z.looseObject({ service: z.string(), path: z.string(), method: z.string() })),
  tolerances: z.looseObject({}),
});

/** A probe as the runner has it, who has read the definition; nobody else may call. */
const probeSchema = z.custom<Probe>((value) => readProbe.safeParse(value).success, {
  error: 'is no probe that a runner has read',
});

const outcomeSchema = z.strictObject({
  latencyMs: z.optional(z.number()),
  status: z.optional(z.number()),
  value: z.optional(z.number()),
  error: z.optional(z.string()),
});

/** What a prober at a vantage point is handed: requests ahead of the time when each is due. */
export const batchSchema = z.strictObject({
  /** Base URL of each service. */
  services: z.record(z.string(), z.string()),
  secrets: z.record(
    z.string(),
    z.union([z.strictObject({ secretsManager: z.string() }), z.strictObject({ ssm: z.string() })]),
  ),
  selfCheck: z.optional(z.strictObject({ url: z.string() })),
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
  selfCheckFailed: z.optional(z.string()),
});

/** As it is sent. */
export type BatchDocument = z.input<typeof batchSchema>;
export type Batch = z.output<typeof batchSchema>;
export type BatchAnswer = z.output<typeof batchAnswerSchema>;
