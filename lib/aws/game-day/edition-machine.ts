import { DescribeExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { isNamed } from '../aws-error.ts';
import type { Edition } from './editions.ts';

/** Executions that go on. One that waits to be redriven may go on any time. */
const running: readonly (string | undefined)[] = ['RUNNING', 'PENDING_REDRIVE'];

/**
 * How the machine of an edition has ended, as a sentence without a full stop; undefined while it goes on.
 */
export async function endOfMachine(
  sfn: SFNClient,
  { execution }: Pick<Edition, 'execution'>,
): Promise<string | undefined> {
  try {
    const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn: execution }));
    return running.includes(status)
      ? undefined
      : `its state machine ended as ${status ?? 'nobody knows how'}`;
  } catch (thrown) {
    if (!isNamed(thrown, 'ExecutionDoesNotExist')) throw thrown;
    return 'its state machine was deleted';
  }
}
