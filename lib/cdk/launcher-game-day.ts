import { longestApprovalMs } from '../experiment/longest-approval.ts';

const given = '$$.Execution.Input.gameDay';

/** Each test of a part has a comparison of its own. */
const part = (name: string, ...tests: readonly object[]) => {
  const Variable = `${given}.${name}`;
  return [{ IsPresent: true }, ...tests].map((test) => ({ Variable, ...test }));
};

const isNumber = { IsNumeric: true };

/**
 * The states that hear of a game day (`{"gameDay": {edition, stage, attempt, approvalMs}}`), and of the one stage that is to run
 * (`{"stage": 2}`). A run of a game day asks that for its approval, whatever its experiment asks for; what says no game day begins nothing,
 * since without one it would run unasked. Whether there is such a stage admission says, so that there is a record of it.
 */
export function gameDayStates(next: string): {
  readonly first: string;
  readonly states: Readonly<Record<string, unknown>>;
} {
  return {
    first: 'Of a game day',
    states: {
      'Of a game day': {
        Type: 'Choice',
        Comment: 'A game day starts this with what it is: its run waits for the approval of that game day.',
        Choices: [
          {
            And: [
              ...part('edition', { IsString: true }),
              ...part('stage', isNumber, { NumericGreaterThanEquals: 1 }),
              ...part('attempt', isNumber, { NumericGreaterThanEquals: 1 }),
              ...part(
                'approvalMs',
                isNumber,
                { NumericGreaterThan: 0 },
                { NumericLessThanEquals: longestApprovalMs },
              ),
            ],
            Next: 'Game day',
          },
          { Variable: given, IsPresent: true, Next: 'No game day' },
        ],
        Default: 'One stage alone',
      },
      'Game day': {
        Type: 'Pass',
        Parameters: {
          'edition.$': `${given}.edition`,
          'stage.$': `${given}.stage`,
          'attempt.$': `${given}.attempt`,
          'approvalMs.$': `${given}.approvalMs`,
        },
        ResultPath: '$.input.gameDay',
        Next: 'One stage alone',
      },
      'No game day': {
        Type: 'Fail',
        Error: 'rejected',
        Cause: `What the execution was started with says no game day, so nothing was begun: gameDay has an edition (a text), a stage, an attempt and approvalMs (numbers, the last one ${longestApprovalMs} at most).`,
      },
      'One stage alone': {
        Type: 'Choice',
        Comment: 'One stage may be run alone, the first is 1: {"stage": 2}.',
        Choices: [{ Variable: '$$.Execution.Input.stage', IsPresent: true, Next: 'Stage asked for' }],
        Default: next,
      },
      'Stage asked for': {
        Type: 'Pass',
        InputPath: '$$.Execution.Input.stage',
        ResultPath: '$.input.only.asked',
        Next: next,
      },
    },
  };
}
