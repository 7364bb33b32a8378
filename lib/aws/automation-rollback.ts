import { createHash } from 'node:crypto';
import {
  GetAutomationExecutionCommand,
  type SSMClient,
  StartAutomationExecutionCommand,
} from '@aws-sdk/client-ssm';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { Clock } from '../run/ports.ts';

const pollMs = 2_000;

const succeeded = ['Success', 'CompletedWithSuccess'];
const failed = [
  'Cancelled',
  'ChangeCalendarOverrideRejected',
  'CompletedWithFailure',
  'Exited',
  'Failed',
  'Rejected',
  'TimedOut',
];

/** A token in the form that StartAutomationExecution asks for (a UUID), the same for the same run and rollback. */
function automationToken(runId: string, rollback: string): string {
  const hex = createHash('sha256').update(`${runId}\n${rollback}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

/** Runs an automation document with the run's id as its parameter `RunId`, once a run, and waits for its end. */
export async function performAutomationRollback(options: {
  readonly ssm: SSMClient;
  readonly clock: Clock;
  readonly rollback: string;
  readonly document: { readonly document: string; readonly role?: string | undefined };
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly runId: string;
  readonly signal: AbortSignal;
}): Promise<string> {
  const { ssm, clock, rollback, document, parameters, runId, signal } = options;
  const own = Object.entries(parameters).map(([name, values]) => [name, [...values]] as const);
  const started = await ssm.send(
    new StartAutomationExecutionCommand({
      DocumentName: document.document,
      ClientToken: automationToken(runId, rollback),
      Parameters: {
        ...Object.fromEntries(own),
        RunId: [runId],
        ...(document.role === undefined ? {} : { AutomationAssumeRole: [document.role] }),
      },
    }),
    { abortSignal: signal },
  );
  const id = started.AutomationExecutionId;
  for (;;) {
    const { AutomationExecution: execution } = await ssm.send(
      new GetAutomationExecutionCommand({ AutomationExecutionId: id }),
      { abortSignal: signal },
    );
    const status = execution?.AutomationExecutionStatus ?? 'unknown';
    if (succeeded.includes(status)) return `the automation ${document.document} ended as ${status} (${id})`;
    if (failed.includes(status)) {
      throw new SteadfastError(
        'internal',
        `the automation ${document.document} ended as ${status} (${id}): ${execution?.FailureMessage ?? 'no message'}`,
        {
          hint: 'look at the execution in the Systems Manager console',
        },
      );
    }
    await clock.sleep(pollMs, signal);
    signal.throwIfAborted();
  }
}
