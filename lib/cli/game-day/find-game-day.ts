import { checkBrokenGameDay } from '../../definitions/check-game-day.ts';
import { openActionsIn } from '../../definitions/kept-retros.ts';
import type { LoadedGameDay } from '../../definitions/load-definition.ts';
import { isMeant, type Project } from '../../definitions/project.ts';
import { hintFor } from '../../definitions/suggest.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { GameDayInput } from '../../game-day/input.ts';
import { targetsOf } from '../../game-day/known-definitions.ts';
import { planGameDay } from '../../game-day/plan-game-day.ts';

/**
 * The game day of an id, as the project has it; undefined where it has none of it, so that only what is deployed can tell.
 *
 * @throws SteadfastError `invalid` where its document has problems
 */
export function findGameDay(id: string, project: Project): LoadedGameDay | undefined {
  const found = project.gameDays.find((one) => one.id === id);
  if (found !== undefined) return found;
  const broken = project.brokenGameDays.find((one) => isMeant(one, id));
  if (broken === undefined) return undefined;
  throw new SteadfastError('invalid', `the game day '${id}' is not valid`, {
    problems: checkBrokenGameDay(broken, project),
  });
}

/** @throws SteadfastError `unknown-id` */
export function unknownGameDay(id: string, known: readonly string[], where: string): SteadfastError {
  return new SteadfastError('unknown-id', `there is no game day '${id}' ${where}`, {
    hint: hintFor(id, known, 'there is none under experiments/game-days'),
  });
}

/**
 * Plans a game day for an environment that it names; without one for its lab.
 *
 * @throws SteadfastError `invalid` where it cannot take place there
 */
export function plannedGameDay(
  { id, definition, parsed }: LoadedGameDay,
  project: Project,
  environment: string | undefined,
): GameDayInput {
  const { targets } = targetsOf(parsed, project);
  const target = targets.find((one) =>
    environment === undefined ? one.kind === 'lab' : one.kind === 'environment' && one.id === environment,
  );
  if (target !== undefined)
    return planGameDay({
      definition,
      gameDay: parsed,
      target,
      experiments: project.experiments,
      openActions: openActionsIn(project.root, id),
    });
  const places = Object.keys(parsed.environments ?? {});
  throw new SteadfastError(
    'invalid',
    environment === undefined
      ? `the game day '${id}' has no lab that is known`
      : `the game day '${id}' does not take place in ${environment}`,
    {
      hint:
        environment === undefined
          ? `name an environment with --env${places.length === 0 ? '' : `, one of ${places.join(', ')}`}; steadfast check ${id} tells more`
          : `add ${environment} to its environments with the roles of people; steadfast check ${id} tells more`,
    },
  );
}
