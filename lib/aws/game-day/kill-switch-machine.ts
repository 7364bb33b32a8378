import { DescribeExecutionCommand, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { Clock } from '../../run/ports.ts';
import { type KillSwitchReport, type KillSwitchRequest, killSwitchOutput } from '../command/kill-switch.ts';

const lookEveryMs = 500;

/**
 * Starts the kill switch of an environment and waits for what it has done: as the command does, without the words in which people are told
 * of AWS's refusals, which would be the heaviest part of a widget.
 *
 * @throws an error where it cannot be started, does not answer in time, or could not do all of it
 */
export async function startKillSwitch(options: {
  readonly sfn: SFNClient;
  readonly clock: Clock;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly request: KillSwitchRequest;
  readonly withinMs: number;
}): Promise<KillSwitchReport> {
  const { sfn, clock, stateMachineArn, name, request, withinMs } = options;
  const untilMs = clock.now() + withinMs;
  const input = JSON.stringify(request);
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
  while (clock.now() < untilMs) {
    const { status, output, cause, error } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING' && status !== 'PENDING_REDRIVE') {
      const report = killSwitchOutput.safeParse(output);
      if (status === 'SUCCEEDED' && report.success) return report.data;
      throw new SteadfastError(
        'internal',
        `the kill switch could not do all of it: ${cause ?? error ?? status ?? 'it does not say why'}`,
      );
    }
    await clock.sleep(lookEveryMs);
  }
  throw new SteadfastError('internal', `the kill switch has not answered within ${withinMs / 1_000} s`);
}
