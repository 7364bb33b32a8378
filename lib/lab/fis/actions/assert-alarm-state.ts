import { SteadfastError } from '../../../experiment/steadfast-error.ts';
import type { GuardReader } from '../../guards.ts';
import type { ActionHandler } from '../action-handler.ts';

const id = 'aws:cloudwatch:assert-alarm-state';

/** CloudWatch's words for what a lab's guard says. */
const stateOf = {
  ok: 'OK',
  alarm: 'ALARM',
  'no data': 'INSUFFICIENT_DATA',
} as const satisfies Readonly<Record<Awaited<ReturnType<GuardReader['read']>>, string>>;

/** `aws:cloudwatch:assert-alarm-state`: looks at guards once, and fails when one is in a state that is not allowed. */
export const assertAlarmState: ActionHandler = {
  id,
  carryOut: async ({ parameters, guards = [] }) => {
    const { alarmArns = '', alarmStates = '' } = parameters;
    const allowed = alarmStates.split(',').map((state) => state.trim());
    const looks = await Promise.all(
      alarmArns.split(',').map(async (named) => {
        const guard = guards.find(({ name }) => name === named.trim());
        if (guard === undefined)
          throw new SteadfastError('invalid', `${id}: the lab has no guard '${named}'`);
        return { name: guard.name, state: stateOf[await guard.read()] };
      }),
    );
    const evidence = looks.map(({ name, state }) => `${name} was ${state}`).join('; ');
    if (looks.some(({ state }) => !allowed.includes(state)))
      throw new SteadfastError('invalid', `${evidence}; allowed is ${allowed.join(', ')}`);
    return { bit: true, evidence };
  },
};
