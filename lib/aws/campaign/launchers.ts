import type { S3Client } from '@aws-sdk/client-s3';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import type { Launchers, RunLook } from '../../campaign/dispatch/dispatch-ports.ts';
import { messageOf } from '../../experiment/steadfast-error.ts';
import { type Rejection, rejectionSchema, type Verdict, verdicts } from '../../experiment/verdict.ts';
import { executionArn } from '../../plan/aws-names.ts';
import { type EnvironmentNames, environmentNames } from '../../plan/environment-names.ts';
import { calling } from '../calling.ts';
import { createS3Objects } from '../s3-objects.ts';

/** What of a launcher's definition is looked at (lib/cdk/launcher-definition.ts). */
const launcherSchema = z.object({
  States: z.object({
    Plan: z.object({
      Result: z.object({ input: z.object({ hash: z.string(), touches: z.array(z.string()) }) }),
    }),
  }),
});

/** What of a journal is looked at. */
const findingsSchema = z.object({
  findings: z.array(z.object({ rejection: z.optional(rejectionSchema) })),
});

/** The launchers in one account and Region, as Step Functions has them. */
export function createLaunchers(options: {
  readonly sfn: SFNClient;
  readonly s3: S3Client;
  readonly account: string;
  readonly region: string;
}): Launchers {
  const { sfn, s3, account, region } = options;
  const namesOf = (id: string): EnvironmentNames => environmentNames({ id, account, region });

  const rejectionOf = async (environment: string, runId: string): Promise<Rejection | undefined> => {
    try {
      const journal = await createS3Objects(s3, namesOf(environment).bucket).read(
        `runs/${runId}/journal.json`,
      );
      const { findings } = findingsSchema.parse(JSON.parse(journal));
      return findings.find(({ rejection }) => rejection !== undefined)?.rejection;
    } catch (thrown) {
      // What was refused before it had a journal, or whose journal cannot be read, is not tried again.
      if (/holds no /.test(messageOf(thrown)) || thrown instanceof SyntaxError) return undefined;
      throw thrown;
    }
  };

  return {
    deployed: async ({ environment, experiment }) => {
      const stateMachineArn = namesOf(environment).launcherArn(experiment);
      const machine = await calling(
        {
          todo: `look at ${stateMachineArn} (states:DescribeStateMachine)`,
          fine: 'StateMachineDoesNotExist',
        },
        () => sfn.send(new DescribeStateMachineCommand({ stateMachineArn })),
      );
      if (machine?.definition === undefined) return undefined;
      return launcherSchema.parse(JSON.parse(machine.definition)).States.Plan.Result.input;
    },

    start: async ({ environment, experiment }, runId) => {
      const stateMachineArn = namesOf(environment).launcherArn(experiment);
      // The same name again while it runs is the same execution; after that it exists already, and has had its run.
      await calling(
        { todo: `start ${stateMachineArn} (states:StartExecution)`, fine: 'ExecutionAlreadyExists' },
        () => sfn.send(new StartExecutionCommand({ stateMachineArn, name: runId, input: '{}' })),
      );
    },

    look: async ({ environment, experiment }, runId): Promise<RunLook> => {
      const arn = executionArn(namesOf(environment).launcherArn(experiment), runId);
      const execution = await calling(
        { todo: `look at ${arn} (states:DescribeExecution)`, fine: 'ExecutionDoesNotExist' },
        () => sfn.send(new DescribeExecutionCommand({ executionArn: arn })),
      );
      if (execution === undefined) return { state: 'missing' };
      if (execution.status === 'RUNNING' || execution.status === 'PENDING_REDRIVE')
        return { state: 'running' };
      if (execution.status === 'SUCCEEDED') return { state: 'ended', verdict: 'held' };
      const verdict = verdictOf(execution.error);
      const rejection = verdict === 'rejected' ? await rejectionOf(environment, runId) : undefined;
      return { state: 'ended', verdict, ...(rejection === undefined ? {} : { rejection }) };
    },
  };
}

/** A launcher fails with its run's verdict as the error; one that was aborted, or ran out of time, has lost its run. */
const verdictOf = (error: string | undefined): Verdict =>
  verdicts.find((verdict) => verdict === error) ?? 'errored';
