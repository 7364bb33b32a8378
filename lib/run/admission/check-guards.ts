import type { RunnerInput } from '../../plan/runner-input.ts';
import { readGuards } from '../guard-states.ts';
import type { GuardState } from '../ports.ts';
import { type Check, type Refusal, resultOf } from './check.ts';

const noGuard: Refusal = {
  evidence: 'no guard is set, so nothing would stop the fault by itself',
  hint: 'Add a guard to the environment, and deploy it.',
};

const hints: Readonly<Record<'alarm' | 'missing' | 'unreadable', string>> = {
  alarm:
    'See what is wrong, and wait until the alarm is OK: a fault that was started now would be stopped at once.',
  missing: "Make the alarm, or mend the guard in the environment's definition, then deploy it.",
  unreadable: 'See why it cannot be read: nobody could tell whether to end the fault.',
};

function refusalOf({ guard, state, detail, permission }: GuardState): Refusal[] {
  if (state === 'ok' || state === 'no data') return [];
  const evidence = `guard ${guard} is ${state}: ${detail}`;
  return permission === undefined
    ? [{ evidence, hint: hints[state] }]
    : [
        {
          evidence,
          rejection: 'permission',
          hint: `Allow ${permission} to the functions that run experiments.`,
        },
      ];
}

const toldOf = ({ guard, state }: GuardState, { guards }: RunnerInput) =>
  `${guard} is ${state}${guards[guard]?.polled === undefined ? '' : ' (FIS does not watch it, the runner polls it)'}`;

/** Every guard exists, can be read, and is not in ALARM. */
export const checkGuards: Check = async ({ ports, input }) => {
  const states = await readGuards({ ports }, Object.keys(input.guards));
  return resultOf(
    { check: 'guards', rejection: 'guard' },
    states.length === 0 ? [noGuard] : states.flatMap(refusalOf),
    states.map((state) => toldOf(state, input)).join(', '),
  );
};
