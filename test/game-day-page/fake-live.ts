import type { RoleName } from '../../lib/experiment/role-names.ts';
import type { Person } from '../../lib/game-day/actor.ts';
import type { Command } from '../../lib/game-day/command.ts';
import type { LiveGameDay } from '../../lib/game-day/live.ts';
import type { GameDayView } from '../../lib/game-day/view.ts';
import type { Tokens } from '../../lib/game-day-page/seats.ts';
import { baseView } from './views.ts';

export interface FakeLive extends LiveGameDay {
  /** What was done, by whom. */
  readonly acts: readonly { readonly person: Person; readonly command: Command }[];
  /** How many listen. */
  readonly listeners: number;
  /** Shows another view from now on; `role` is put in. */
  show(view: GameDayView): void;
  /** Why what is done from now on is refused; `undefined` for nothing more. */
  refuse(why: string | undefined): void;
  /** Carries out what is done from now on; what it gives is the next view. */
  react(how: (person: Person, command: Command, view: GameDayView) => GameDayView): void;
}

/** An edition whose view is whatever a test says. */
export function createFakeLive(first: GameDayView = baseView()): FakeLive {
  let view = first;
  let refused: string | undefined;
  let react = (_person: Person, _command: Command, before: GameDayView): GameDayView => before;
  const acts: { readonly person: Person; readonly command: Command }[] = [];
  const listeners = new Set<() => void>();
  const show = (next: GameDayView): void => {
    view = next;
    for (const listener of listeners) listener();
  };
  return {
    edition: first.edition,
    acts,
    get listeners() {
      return listeners.size;
    },
    view: (role: RoleName) => ({ ...view, role }),
    act: (person, command) => {
      acts.push({ person, command });
      if (refused !== undefined) return Promise.resolve({ refused });
      show(react(person, command, view));
      return Promise.resolve({});
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show,
    refuse: (why) => {
      refused = why;
    },
    react: (how) => {
      react = how;
    },
  };
}

/** Secrets that anyone can guess, one unlike the other. */
export function createFakeTokens(): Tokens {
  let count = 0;
  return {
    next: () => {
      count += 1;
      return `token-${count}`;
    },
  };
}
