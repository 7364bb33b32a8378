import type { RoleName } from '../../experiment/role-names.ts';
import type { Command } from '../../game-day/command.ts';
import type { Entry } from '../../game-day/entry.ts';
import type { GameDayInput } from '../../game-day/input.ts';
import type { GameDayView } from '../../game-day/view.ts';

/** Which edition is meant, and in which role somebody acts. */
export interface GameDayChoice {
  /** The one that is open, where absent. */
  readonly edition?: string | undefined;
  /** The only one that the caller may act in, where absent. */
  readonly role?: RoleName | undefined;
}

/** All that there is to know of an edition. */
export interface GameDayRecord {
  readonly input: GameDayInput;
  readonly entries: readonly Entry[];
}

/** An edition of a game day for whoever uses the command, wherever it takes place: in AWS, or in a rehearsal on this machine. */
export interface GameDayClient {
  readonly edition: string;
  /** As somebody in the role sees it now. */
  view(): Promise<GameDayView>;
  /** @throws SteadfastError that tells why it was refused */
  act(command: Command): Promise<void>;
  /** What the edition was begun with, and its whole log: a retrospective is made of it. */
  record(): Promise<GameDayRecord>;
}
