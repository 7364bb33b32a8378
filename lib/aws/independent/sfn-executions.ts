import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  type SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { messageOf } from '../../experiment/steadfast-error.ts';
import type { Execution, Executions } from '../../run/independent/ports.ts';
import { isNamed } from '../aws-error.ts';
import { experimentIn } from './experiment-in.ts';

/** What a launcher hands to the runner besides the plan (lib/cdk/launcher-definition.ts). */
const startedBySchema = z.object({ AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: z.string() });

/** Executions that go on. One that waits to be redriven may go on any time. */
const running: readonly string[] = ['RUNNING', 'PENDING_REDRIVE'];

/** How an execution ends that did not conclude its run. */
const deaths = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const;

/** A person does not start so many in the time that is looked back. */
const newest = 20;

/** What a person does to an execution, or its launcher's own end: whoever waited for the run is gone. */
const ofLaunchers: readonly string[] = ['ABORTED', 'TIMED_OUT'];

/** The executions of the environment's runner, which have their runs' names. */
export function createSfnExecutions(options: {
  readonly sfn: SFNClient;
  /** The ARN of the runner's executions, up to the name. */
  readonly runnerExecutions: string;
}): Executions {
  const { sfn, runnerExecutions } = options;
  const arnOf = (runId: string) => `${runnerExecutions}:${runId}`;

  /** Undefined where there is no such execution, or no longer. */
  const describe = async (executionArn: string) => {
    try {
      return await sfn.send(new DescribeExecutionCommand({ executionArn }));
    } catch (thrown) {
      if (isNamed(thrown, 'ExecutionDoesNotExist')) return undefined;
      throw thrown;
    }
  };

  const isOrphan = async (input: string | undefined): Promise<boolean> => {
    try {
      const launcher = startedBySchema.parse(JSON.parse(input ?? '{}'));
      const described = await describe(launcher.AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID);
      return ofLaunchers.includes(described?.status ?? '');
    } catch {
      // Not started by a launcher, or nobody can tell: the runner is left to itself.
      return false;
    }
  };

  return {
    died: async (sinceMs) => {
      const stateMachineArn = runnerExecutions.replace(':execution:', ':stateMachine:');
      const listed = await Promise.all(
        deaths.map((statusFilter) =>
          sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter, maxResults: newest })),
        ),
      );
      const ended = listed
        .flatMap(({ executions = [] }) => executions)
        .filter(({ stopDate }) => stopDate !== undefined && stopDate.getTime() >= sinceMs);
      return Promise.all(
        ended.map(async ({ name = '', executionArn = '', startDate }) => ({
          runId: name,
          experiment: experimentIn((await describe(executionArn))?.input),
          startedAtMs: startDate?.getTime() ?? sinceMs,
        })),
      );
    },

    of: async (runId): Promise<Execution> => {
      const whole = { byPerson: false, isOrphan: false };
      try {
        const described = await describe(arnOf(runId));
        if (described === undefined) return { ...whole, state: 'ended', how: 'its execution is gone' };
        const { status = 'unknown', error, cause, input } = described;
        if (running.includes(status)) {
          const orphan = await isOrphan(input);
          return { state: 'running', how: 'its execution is running', byPerson: orphan, isOrphan: orphan };
        }
        const why = [error, cause].filter((text) => text !== undefined && text !== '').join(': ');
        const how = `its execution ended as ${status}${why === '' ? '' : ` (${why.slice(0, 300)})`}`;
        return { ...whole, state: 'ended', how, byPerson: status === 'ABORTED' };
      } catch (cause) {
        const how = `nobody could tell how its execution is (${messageOf(cause)})`;
        return { ...whole, state: 'unreadable', how };
      }
    },

    stop: async (runId, why) => {
      try {
        await sfn.send(
          new StopExecutionCommand({ executionArn: arnOf(runId), error: 'Steadfast.halted', cause: why }),
        );
      } catch (thrown) {
        if (!isNamed(thrown, 'ExecutionDoesNotExist')) throw thrown;
      }
    },
  };
}
