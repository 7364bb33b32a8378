import * as z from 'zod/mini';
import { gameDayInputSchema } from './input.ts';

/** What the machine starts: the launcher, under the run's name. */
const launchSchema = z.strictObject({
  /** ARN of the launcher's state machine; in a lab the experiment's id. */
  launcher: z.string(),
  runId: z.string(),
  input: z.looseObject({
    gameDay: z.strictObject({
      edition: z.string(),
      stage: z.int(),
      attempt: z.int(),
      approvalMs: z.number(),
    }),
    /** Which stage of the experiment; all where absent. */
    stage: z.optional(z.int()),
    set: z.optional(z.record(z.string(), z.string())),
  }),
});

export type StageLaunch = z.output<typeof launchSchema>;

/** What goes from state to state of the machine: where it is. Everything else is in the log. */
export const gameDayStateSchema = z.object({
  edition: z.string(),
  next: z.enum(['wait', 'launch', 'watch', 'watched', 'conclude', 'done']),
  waitSeconds: z.int(),
  /** ARN of the machine's execution. */
  execution: z.string(),
  /** The run that is started, or whose launcher has just come back. */
  launch: z.optional(launchSchema),
});

export type GameDayMachineState = z.output<typeof gameDayStateSchema>;

/** What the machine begins with. */
const beginStateSchema = z.object({ input: gameDayInputSchema });

const executionSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
});

/** What a Task of the machine hands to its function. `watch` looks while a run is under way, beside the state that waits for it. */
export const gameDayTaskSchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('begin'), state: beginStateSchema, execution: executionSchema }),
  z.object({
    step: z.enum(['look', 'watch', 'settle', 'conclude']),
    state: gameDayStateSchema,
  }),
]);

export type GameDayTask = z.output<typeof gameDayTaskSchema>;
