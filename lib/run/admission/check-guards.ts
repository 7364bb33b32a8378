import type { GuardState } from '../ports.ts';
import { type Check, type Refusal, resultOf } from './check.ts';

const hints = {
  alarm:
    'See what is wrong, and wait until the alarm is OK: a fault that was started now would be stopped at once.',
  missing: "Make the alarm, or mend the guard in the environment's definition, then deploy it.",
} as const;

const refusalOf = ({ guard, state, detail }: GuardState): Refusal[] =>
  state === 'alarm' || state === 'missing'
    ? [{ evidence: `guard ${guard} is ${state}: ${detail}`, hint: hints[state] }]
    : [];

/** Every guard exists and is not in ALARM. */
export const checkGuards: Check = async ({ ports, input }) => {
  const states = await ports.guards.read();
  const absent = Object.keys(input.guards).filter((name) => !states.some((guard) => guard.guard === name));
  const refusals = [
    ...states.flatMap(refusalOf),
    ...absent.map(
      (name): Refusal => ({
        evidence: `nothing can be read of guard ${name}`,
        hint: hints.missing,
      }),
    ),
    ...(states.length === 0 && absent.length === 0
      ? [
          {
            evidence: 'no guard is set, so nothing would stop the fault by itself',
            hint: 'Add a guard to the environment, and deploy it.',
          },
        ]
      : []),
  ];
  return resultOf(
    { check: 'guards', rejection: 'guard' },
    refusals,
    states.map((guard) => `${guard.guard} is ${guard.state}`).join(', '),
  );
};
