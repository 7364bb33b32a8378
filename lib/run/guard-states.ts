import type { RunnerInput } from '../plan/runner-input.ts';
import type { GuardState, Guards } from './ports.ts';

/** The guards that FIS does not watch, so that the runner has to. */
export const polledGuards = ({ guards }: Pick<RunnerInput, 'guards'>): string[] =>
  Object.entries(guards).flatMap(([name, { polled }]) => (polled === undefined ? [] : name));

/** The state of each of these guards, also of one that nothing can be read of. */
export async function readGuards(
  { ports }: { readonly ports: { readonly guards: Guards } },
  names: readonly string[],
): Promise<GuardState[]> {
  if (names.length === 0) return [];
  const states = await ports.guards.read(names);
  return names.map(
    (name) =>
      states.find(({ guard }) => guard === name) ?? {
        guard: name,
        state: 'unreadable',
        detail: 'nothing can be read of it',
      },
  );
}

const mending: Readonly<Record<Exclude<GuardState['state'], 'ok'>, string>> = {
  alarm: 'See what is wrong, and start again once the alarm is OK: a fault would be stopped at once.',
  'no data':
    'See why its metric has no data although the probes had answers: an alarm without data ends no fault.',
  missing:
    "Its alarm was there when the run was admitted, or never: make it again, or deploy the environment's core, which makes those of metrics; then start again.",
  unreadable: 'See why it cannot be read: nobody could tell whether to end the fault.',
};

/** How to mend guards that are not OK, the worst first; undefined where all are. */
export function guardHint(states: readonly GuardState[]): string | undefined {
  const found = (['missing', 'unreadable', 'alarm', 'no data'] as const).find((one) =>
    states.some(({ state }) => state === one),
  );
  if (found === undefined) return undefined;
  const permission = states.find((one) => one.permission !== undefined)?.permission;
  return found === 'unreadable' && permission !== undefined
    ? `Allow ${permission} to the functions that run experiments.`
    : mending[found];
}

/** Guards as a sentence tells them: `guard shopErrors is alarm (5 % of requests fail); guard ...`. */
export const inWords = (states: readonly GuardState[]): string =>
  states.map(({ guard, state, detail }) => `guard ${guard} is ${state} (${detail})`).join('; ');
