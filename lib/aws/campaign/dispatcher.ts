import { DescribeExecutionCommand, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { executionArn } from '../../plan/aws-names.ts';
import { isNamed } from '../aws-error.ts';
import { asking } from '../command/aws-problem.ts';

/** The dispatcher of an environment, as whoever starts a campaign sees it. */
export interface Dispatcher {
  /** `taken`: an execution of that name has been started before. */
  start(campaign: string, execution: number): Promise<'started' | 'taken' | 'not deployed'>;
  isRunning(campaign: string, execution: number): Promise<boolean>;
}

export function createDispatcher({
  sfn,
  stateMachineArn,
}: {
  readonly sfn: SFNClient;
  readonly stateMachineArn: string;
}): Dispatcher {
  return {
    start: (campaign, execution) =>
      asking({ action: 'states:StartExecution', resource: stateMachineArn }, async () => {
        const input = JSON.stringify({ campaign, execution });
        try {
          const name = `${campaign}-${execution}`;
          await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
          return 'started';
        } catch (thrown) {
          if (isNamed(thrown, 'ExecutionAlreadyExists')) return 'taken';
          if (isNamed(thrown, 'StateMachineDoesNotExist')) return 'not deployed';
          throw thrown;
        }
      }),
    isRunning: (campaign, execution) => {
      const arn = executionArn(stateMachineArn, `${campaign}-${execution}`);
      return asking({ action: 'states:DescribeExecution', resource: arn }, async () => {
        try {
          const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn: arn }));
          return status === 'RUNNING';
        } catch (thrown) {
          if (isNamed(thrown, 'ExecutionDoesNotExist')) return false;
          throw thrown;
        }
      });
    },
  };
}
