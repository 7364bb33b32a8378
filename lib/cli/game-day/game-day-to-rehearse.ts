import type { LoadedGameDay, LoadedLab } from '../../definitions/load-definition.ts';
import { brokenOf, type Project } from '../../definitions/project.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { findGameDay, unknownGameDay } from './find-game-day.ts';

/**
 * A game day of a project with the lab that it names.
 *
 * @throws SteadfastError `unknown-id` where there is no such game day, `invalid` where it or its lab cannot be read, or it names none
 */
export function gameDayToRehearse(
  id: string,
  project: Project,
): { readonly gameDay: LoadedGameDay; readonly lab: LoadedLab } {
  const gameDay = findGameDay(id, project);
  if (gameDay === undefined)
    throw unknownGameDay(
      id,
      project.gameDays.map((one) => one.id),
      'in this project',
    );
  const name = gameDay.parsed.lab;
  if (name === undefined)
    throw new SteadfastError('invalid', `the game day '${id}' names no lab, so it cannot be rehearsed`, {
      hint: "add lab: '<id>' to it",
    });
  const lab = project.labs.find((one) => one.id === name);
  if (lab !== undefined) return { gameDay, lab };
  const broken = brokenOf(project, name, 'lab');
  throw broken === undefined
    ? new SteadfastError('invalid', `there is no lab '${name}', which the game day '${id}' names`, {
        hint: `steadfast check ${id} tells more`,
      })
    : new SteadfastError('invalid', `the lab '${name}' of the game day '${id}' is not valid`, {
        problems: broken.problems,
      });
}
