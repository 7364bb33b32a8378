import { GetCalendarStateCommand, GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { messageOf } from '../experiment/steadfast-error.ts';
import type { RunnerInput } from '../plan/runner-input.ts';
import type { FreezeState, Freezes } from '../run/ports.ts';
import { isDenied } from './aws-error.ts';

type Freeze = NonNullable<RunnerInput['freezes']>[number];

/** Values of a parameter that say that there is no freeze, in any case of letters. */
const openWords = ['', '0', 'false', 'no', 'none', 'off', 'open'];

/** More than this of a value is no reason. */
const longestReason = 200;

async function ofParameter(ssm: SSMClient, Name: string): Promise<FreezeState> {
  const freeze = `parameter ${Name}`;
  try {
    const { Parameter: { Type, Value } = {} } = await ssm.send(new GetParameterCommand({ Name }));
    if (Type === 'SecureString')
      return { freeze, state: 'unreadable', detail: 'it is a SecureString, and a freeze is no secret' };
    if (Value === undefined) return { freeze, state: 'unreadable', detail: 'AWS answered no value' };
    const value = Value.trim();
    return openWords.includes(value.toLowerCase())
      ? { freeze, state: 'open', detail: `its value is '${value}'` }
      : { freeze, state: 'frozen', detail: `its value is '${value.slice(0, longestReason)}'` };
  } catch (thrown) {
    return unreadable(freeze, thrown, `ssm:GetParameter on ${Name}`);
  }
}

async function ofCalendar(ssm: SSMClient, name: string): Promise<FreezeState> {
  const freeze = `calendar ${name}`;
  try {
    const answer = await ssm.send(new GetCalendarStateCommand({ CalendarNames: [name] }));
    const nextMs = Date.parse(answer.NextTransitionTime ?? '');
    const until = Number.isNaN(nextMs) ? '' : ` until ${new Date(nextMs).toISOString()}`;
    if (answer.State === 'OPEN')
      return {
        freeze,
        state: 'open',
        detail: `it is OPEN${until}`,
        ...(until === '' ? {} : { closesMs: nextMs }),
      };
    // Also what AWS may add one day.
    return answer.State === 'CLOSED'
      ? { freeze, state: 'frozen', detail: `it is CLOSED${until}` }
      : { freeze, state: 'unreadable', detail: `its state is '${answer.State ?? ''}'` };
  } catch (thrown) {
    return unreadable(freeze, thrown, `ssm:GetCalendarState on ${name}`);
  }
}

const unreadable = (freeze: string, thrown: unknown, permission: string): FreezeState =>
  isDenied(thrown)
    ? { freeze, state: 'unreadable', detail: `AWS refused ${permission}`, permission }
    : { freeze, state: 'unreadable', detail: messageOf(thrown) };

/** The freezes that an environment names, in Parameter Store and Change Calendar. */
export function createFreezes(options: {
  readonly ssm: SSMClient;
  readonly freezes: readonly Freeze[];
}): Freezes {
  const { ssm, freezes } = options;
  return {
    look: () =>
      Promise.all(
        freezes.map((one) =>
          'parameter' in one ? ofParameter(ssm, one.parameter) : ofCalendar(ssm, one.changeCalendar),
        ),
      ),
  };
}
