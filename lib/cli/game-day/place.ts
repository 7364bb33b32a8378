import type { RoleName } from '../../experiment/role-names.ts';
import type { GameDayClient } from './client.ts';

/** An edition as a list of them tells of it. */
export interface EditionSummary {
  readonly edition: string;
  readonly gameDay: string;
  readonly title: string;
  /** ISO 8601, UTC. */
  readonly beganAt: string;
  /** Absent while it is open. */
  readonly closedAt?: string | undefined;
}

/** Where editions take place: an environment in AWS, or rehearsals on this machine. */
export interface GameDayPlace {
  /** As a sentence names it: `staging`, `rehearsals on this machine`. */
  readonly name: string;
  /** What words of the command name it by: ` --env staging`, or nothing. */
  readonly flags: string;
  /** The oldest first. */
  editions(): Promise<readonly EditionSummary[]>;
  open(edition: string, role: RoleName | undefined): GameDayClient;
}
