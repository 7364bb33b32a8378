import * as z from 'zod/mini';
import { experimentIn } from '../lib/aws/independent/experiment-in.ts';
import type { BegunRun } from '../lib/run/live-run.ts';

const eventSchema = z.object({
  source: z.literal('aws.states'),
  detail: z.object({
    name: z.string(),
    executionArn: z.optional(z.string()),
    status: z.optional(z.string()),
    /** Milliseconds since 1970. */
    startDate: z.optional(z.number()),
    /** Absent where it is too large for an event. */
    input: z.optional(z.nullable(z.string())),
  }),
});

/** How an execution ends that did not conclude its run. */
const died: readonly string[] = ['FAILED', 'TIMED_OUT', 'ABORTED'];

/** What an event says of a run: its id, and where its runner is over the run itself. */
export interface StopEvent {
  readonly runId?: string;
  readonly died?: BegunRun;
}

/** Reads an event that names an execution, which has the run's name. Whatever else wakes the function has it look at everything. */
export function readStopEvent(event: unknown, runnerExecutions: string, nowMs: number): StopEvent {
  const detail = eventSchema.safeParse(event).data?.detail;
  if (detail === undefined) return {};
  const { name: runId, executionArn, status = '', startDate, input } = detail;
  if (executionArn?.startsWith(`${runnerExecutions}:`) !== true || !died.includes(status)) return { runId };
  return { runId, died: { runId, experiment: experimentIn(input), startedAtMs: startDate ?? nowMs } };
}
