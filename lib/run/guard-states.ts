import type { RunnerInput } from '../plan/runner-input.ts';
import type { RunContext } from './context.ts';
import type { GuardState } from './ports.ts';

/** The guards that FIS does not watch, so that the runner has to. */
export const polledGuards = ({ guards }: Pick<RunnerInput, 'guards'>): string[] =>
  Object.entries(guards).flatMap(([name, { polled }]) => (polled === undefined ? [] : name));

/** The state of each of these guards, also of one that nothing can be read of. */
export async function readGuards(
  { ports }: Pick<RunContext, 'ports'>,
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

/** Guards as a sentence tells them: `guard shopErrors is alarm (5 % of requests fail); guard ...`. */
export const inWords = (states: readonly GuardState[]): string =>
  states.map(({ guard, state, detail }) => `guard ${guard} is ${state} (${detail})`).join('; ');
