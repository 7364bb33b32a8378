import type { GameDay, GameDayDefinition } from '../../experiment/game-day.ts';
import { type RoleName, roleNames } from '../../experiment/role-names.ts';
import type { GameDayInput } from '../../game-day/input.ts';

/** A game day as it was written, and read. */
export interface DeployableGameDay {
  readonly definition: GameDayDefinition;
  readonly parsed: GameDay;
  readonly file?: string;
}

/** Who may act in a role, in any of the game days: each ARN once. */
export const principalsOf = (gameDays: readonly GameDayInput[], role: RoleName): readonly string[] => [
  ...new Set(gameDays.flatMap(({ principals }) => principals[role] ?? [])),
];

/** The roles that somebody may act in, in the order in which they are always told. */
export const filledRoles = (gameDays: readonly GameDayInput[]): readonly RoleName[] =>
  roleNames.filter((role) => principalsOf(gameDays, role).length > 0);

/** Lambda's policies name roles and users, and know no wildcard in them (IAM user guide, "AWS JSON policy elements: Principal"). */
export const isPattern = (principal: string): boolean => /[*?]/.test(principal);

/** What it is elsewhere does not keep it from this environment. */
export function onlyIn({ lab: _lab, environments = {}, ...rest }: GameDay, environment: string): GameDay {
  const here = environments[environment];
  return { ...rest, ...(here === undefined ? {} : { environments: { [environment]: here } }) };
}
