import * as z from 'zod/mini';
import { watchDigestSchema } from '../steady-state/watch.ts';
import { haltSchema } from './halt.ts';

/** The runner's steps, by the name that its state machine gives them. */
export const stepNames = [
  'admit',
  'awaitApproval',
  'baseline',
  'startStage',
  'confirmTargets',
  'observeStage',
  'endFault',
  'soak',
  'rollBack',
  'recover',
  'conclude',
] as const;

export type StepName = (typeof stepNames)[number];

/** An error as a state machine's Catch hands it on. */
const failureSchema = z.looseObject({ Error: z.optional(z.string()), Cause: z.optional(z.string()) });

/**
 * What goes from step to step: kept small (under 32 KB in all), since every transition carries it. The definition and what was
 * seen are in the run store.
 */
export const runStateSchema = z.object({
  runId: z.string(),
  experiment: z.string(),
  environment: z.string(),
  next: z.enum([...stepNames, 'done']),
  startedAtMs: z.number(),
  /** The services the lease is held on, and the token of its taking; absent while none is held. */
  lease: z.optional(z.object({ services: z.array(z.string()), token: z.number() })),
  /** Where the phase under way began and ends; slices follow one another within it. */
  phase: z.optional(
    z.object({
      startMs: z.number(),
      endMs: z.number(),
      slice: z.int(),
      /** Until when its slices have asked. */
      askedUntilMs: z.optional(z.number()),
    }),
  ),
  stage: z.int(),
  /** The FIS experiment of the stage under way. */
  fisExperimentId: z.optional(z.string()),
  /** Whether any fault may have been started: from then on it must be ended, rolled back and recovered from. */
  faultBegun: z.boolean(),
  faultEndMs: z.optional(z.number()),
  halt: z.optional(haltSchema),
  watch: z.optional(watchDigestSchema),
  /** How many samples are worth one independent one, by probe and tolerance, as the baseline showed; 1 where it is absent. */
  designEffects: z.optional(z.record(z.string(), z.record(z.string(), z.number()))),
  /** When each guard that the runner polls was last seen to be OK. */
  guardsOkMs: z.optional(z.record(z.string(), z.number())),
  /** The vantage points whose self-check worked before any fault. */
  selfChecks: z.optional(z.array(z.string())),
  /** Until when traffic has been asked for; absent where none was. */
  traffic: z.optional(z.object({ untilMs: z.number() })),
  /** What is waited for while a person is asked. */
  approval: z.optional(
    z.object({ hash: z.string(), askedMs: z.number(), untilMs: z.number(), waitSeconds: z.int() }),
  ),
  rollback: z.object({ index: z.int(), attempt: z.int(), untilMs: z.optional(z.number()) }),
  failures: z.record(z.string(), failureSchema),
  /** Until when a function whose answer never came may still start the stage's fault. */
  lateStartUntilMs: z.optional(z.number()),
  /** FIS experiments that were found active as the run was to conclude, and have been seen to their end since. */
  foundActive: z.optional(z.array(z.string())),
  verdict: z.optional(z.string()),
});

export type RunState = z.output<typeof runStateSchema>;

/** How a run begins: the launcher gives its plan and the id. */
export const runStartSchema = z.object({
  runId: z.string(),
  input: z.json(),
  failures: z._default(z.record(z.string(), failureSchema), {}),
});
