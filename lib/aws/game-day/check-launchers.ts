import { DescribeStateMachineCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { GameDayInput } from '../../game-day/input.ts';
import { isNamed } from '../aws-error.ts';

/**
 * Sees that the launchers of a game day hear of game days. One that an earlier version deployed, perhaps from another repository, does not:
 * it would run all of its experiment at once, and ask nobody.
 *
 * @throws SteadfastError `invalid` for one that does not, or is not there
 */
export async function checkLaunchers(sfn: SFNClient, { stages }: GameDayInput): Promise<void> {
  for (const stateMachineArn of new Set(stages.map(({ launcher }) => launcher))) {
    const definition = await definitionOf(sfn, stateMachineArn);
    if (definition?.includes('$$.Execution.Input.gameDay') === true) continue;
    throw new SteadfastError(
      'invalid',
      definition === undefined
        ? `there is no launcher ${stateMachineArn}`
        : `the launcher ${stateMachineArn} was deployed by a version of Steadfast that knows no game days, and would ask for no approval`,
      { hint: 'deploy its experiment with this version, and begin the game day again' },
    );
  }
}

async function definitionOf(sfn: SFNClient, stateMachineArn: string): Promise<string | undefined> {
  try {
    return (await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).definition ?? '';
  } catch (thrown) {
    if (isNamed(thrown, 'StateMachineDoesNotExist')) return undefined;
    throw thrown;
  }
}
