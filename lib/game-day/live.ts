import type { RoleName } from '../experiment/role-names.ts';
import type { Person } from './actor.ts';
import type { Command } from './command.ts';
import type { GameDayView } from './view.ts';

/** An edition that goes on now, for a page that shows it and acts on it. */
export interface LiveGameDay {
  readonly edition: string;
  view(role: RoleName): GameDayView;
  /** Never rejects for what a person may not do: `refused` says why not. */
  act(person: Person, command: Command): Promise<{ readonly refused?: string }>;
  /** Calls `listener` whenever a view may have changed; gives what ends that. */
  subscribe(listener: () => void): () => void;
}
