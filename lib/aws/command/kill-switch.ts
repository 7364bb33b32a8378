import type { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { jsonText } from '../../run/json-text.ts';
import type { Clock } from '../../run/ports.ts';
import { describeExecution, startExecution } from './executions.ts';

/** What the state machine of the kill switch is started with. */
export interface KillSwitchRequest {
  /** Only this run; everything in the environment where absent. */
  readonly run?: string;
  readonly reason: string;
  readonly by: string;
  readonly safetyLever?: true;
  readonly unlock?: true;
}

const reportSchema = z.object({
  locked: z.boolean(),
  stopped: z.array(z.object({ id: z.string(), runId: z.exactOptional(z.string()) })),
  runs: z.array(z.string()),
  safetyLever: z.string(),
});

/** What the kill switch says that it has done. */
export type KillSwitchReport = z.output<typeof reportSchema>;

/** The output of its state machine. */
export const killSwitchOutput = z.pipe(jsonText, reportSchema);

const lookEveryMs = 500;

/**
 * Starts the kill switch of an environment and waits for what it has done.
 *
 * @throws SteadfastError where it cannot be started, does not answer in time, or could not do all of it
 */
export async function useKillSwitch(options: {
  readonly sfn: SFNClient;
  readonly clock: Clock;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly request: KillSwitchRequest;
  readonly withinMs: number;
}): Promise<KillSwitchReport> {
  const { sfn, clock, stateMachineArn, name, request, withinMs } = options;
  const untilMs = clock.now() + withinMs;
  const executionArn = await startExecution(sfn, { stateMachineArn, name, input: request });
  while (clock.now() < untilMs) {
    const state = await describeExecution(sfn, executionArn);
    if (state !== undefined && state.status !== 'running') {
      const report = killSwitchOutput.safeParse(state.output);
      if (state.status === 'succeeded' && report.success) return report.data;
      throw new SteadfastError(
        'internal',
        `the kill switch could not do all of it: ${state.cause ?? state.error ?? state.status}`,
        { hint: `its execution is ${executionArn}` },
      );
    }
    await clock.sleep(lookEveryMs);
  }
  throw new SteadfastError('internal', `the kill switch has not answered within ${withinMs / 1_000} s`, {
    hint: `its execution goes on: ${executionArn}`,
  });
}
