import { DescribeStateMachineCommand, type SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { type GameDayInput, gameDayInputSchema } from '../../game-day/input.ts';
import { jsonText } from '../../run/json-text.ts';
import { isNamed } from '../aws-error.ts';
import { asking } from './aws-problem.ts';

const definitionSchema = z.pipe(
  jsonText,
  z.object({
    States: z.object({ Plan: z.object({ Result: z.object({ input: gameDayInputSchema }) }) }),
  }),
);

/** The state machine of a game day, with what it would hold; that is absent where another version deployed it. Undefined where there is none. */
export async function describeGameDay(
  sfn: SFNClient,
  stateMachineArn: string,
): Promise<{ readonly input?: GameDayInput } | undefined> {
  const definition = await asking(
    { action: 'states:DescribeStateMachine', resource: stateMachineArn },
    async () => {
      try {
        return (await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).definition ?? '';
      } catch (thrown) {
        if (isNamed(thrown, 'StateMachineDoesNotExist', 'StateMachineDeleting')) return undefined;
        throw thrown;
      }
    },
  );
  if (definition === undefined) return undefined;
  const input = definitionSchema.safeParse(definition).data?.States.Plan.Result.input;
  return input === undefined ? {} : { input };
}
