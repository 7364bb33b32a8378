import { iso } from '../iso.ts';
import type { FreezeState } from '../ports.ts';
import { runLengthMs } from '../run-length.ts';
import { timeOfDay } from '../time-of-day.ts';
import { unreadableFreeze } from '../unreadable-freeze.ts';
import { type Check, type LookContext, type Refusal, resultOf } from './check.ts';

/** No freeze that the environment names is on, nor begins before this run would be over; each can be read. */
export const checkFreezes: Check = async (context) => {
  const states = await context.ports.freezes.look();
  return resultOf(
    { check: 'freeze', rejection: 'blackout' },
    states.flatMap((state) => refusalOf(state, context)),
    states.length === 0
      ? 'the environment names no freeze'
      : states.map(({ freeze, detail }) => `${freeze} is open (${detail})`).join(', '),
  );
};

function refusalOf(
  { freeze, state, detail, closesMs, permission }: FreezeState,
  context: LookContext,
): Refusal[] {
  if (state === 'frozen')
    return [{ evidence: `${freeze} is frozen: ${detail}`, hint: 'Start it again once the freeze is over.' }];
  if (state === 'unreadable') {
    const evidence = `${freeze} cannot be read, so nobody knows whether a freeze is on: ${detail}`;
    return permission === undefined
      ? [
          {
            evidence,
            code: unreadableFreeze,
            hint: "Make it readable, or take it out of the environment's freezes, and deploy.",
          },
        ]
      : [
          {
            evidence,
            rejection: 'permission',
            hint: `Allow ${permission} to the function that admits runs: deploy the runner again, or see what else denies it.`,
          },
        ];
  }
  const endMs = timeOfDay(context.ports.clock) + runLengthMs(context);
  return closesMs === undefined || closesMs >= endMs
    ? []
    : [
        {
          evidence: `this run would end at ${iso(endMs)}, and ${freeze} closes at ${iso(closesMs)}`,
          hint: 'Start it so that it is over by then.',
        },
      ];
}
