import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  type SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { messageOf } from '../../experiment/steadfast-error.ts';
import type { Execution, Executions } from '../../run/independent/ports.ts';
import { jsonText } from '../../run/json-text.ts';
import { isNamed } from '../aws-error.ts';
import { experimentIn } from './experiment-in.ts';

/** What a launcher hands to the runner besides the plan (lib/cdk/launcher-definition.ts), and a game day to its launchers. */
const startedBySchema = z.pipe(
  jsonText,
  z.object({
    AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: z.string(),
    gameDay: z.optional(z.looseObject({})),
  }),
);

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

  /** Whoever started the execution that was given this input. */
  const starterOf = (input: string | undefined) => {
    const { AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: starter } = startedBySchema.parse(input ?? '{}');
    return describe(starter);
  };

  /** Who has stopped waiting for the runner, where somebody has: its launcher, or the game day that waits for the launcher. */
  const leftBy = async (
    input: string | undefined,
  ): Promise<{ how: string; byPerson: boolean } | undefined> => {
    try {
      const launcher = await starterOf(input);
      if (ofLaunchers.includes(launcher?.status ?? ''))
        return { how: 'its launcher was stopped', byPerson: true };
      // Whoever else starts a launcher may end before it, as a pipeline does that waits for nothing.
      if (startedBySchema.parse(launcher?.input ?? '{}').gameDay === undefined) return undefined;
      const gameDay = await starterOf(launcher?.input);
      return running.includes(gameDay?.status ?? 'gone')
        ? undefined
        : { how: 'its game day has died', byPerson: gameDay?.status === 'ABORTED' };
    } catch {
      // Not started by a launcher, or nobody can tell: the runner is left to itself.
      return undefined;
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
          const left = await leftBy(input);
          return left === undefined
            ? { ...whole, state: 'running', how: 'its execution is running' }
            : { ...left, state: 'running', isOrphan: true };
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
