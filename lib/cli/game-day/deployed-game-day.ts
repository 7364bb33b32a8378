import { describeGameDay } from '../../aws/command/game-day-machine.ts';
import { loadProject, type Project } from '../../definitions/project.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { GameDayInput } from '../../game-day/input.ts';
import type { OpenEnvironment } from '../aws/environment.ts';
import { openAwsGameDays } from './aws-client.ts';
import { findGameDay, plannedGameDay, unknownGameDay } from './find-game-day.ts';
import { isOpen } from './open-game-day.ts';
import type { GameDayPlace } from './place.ts';

/** A game day as it can be begun in an environment. */
export interface DeployedGameDay {
  /** What its machine holds; absent where another version deployed it. */
  readonly input?: GameDayInput | undefined;
  /** As the project would deploy it now; absent where another repository has it. */
  readonly planned?: GameDayInput | undefined;
  readonly place: GameDayPlace;
}

/**
 * Looks whether a game day can be begun in an environment now: its definition has no problem, it is deployed, and nobody holds another one.
 *
 * @throws SteadfastError that tells what keeps it
 */
export async function lookAtDeployed(environment: OpenEnvironment, id: string): Promise<DeployedGameDay> {
  const project = await loadProject(environment.root);
  const planned = plannedThere(id, project, environment);
  const { names, connection } = environment;
  const machine = await describeGameDay(connection.clients.sfn, names.gameDayArn(id));
  if (machine === undefined) {
    if (planned === undefined)
      throw unknownGameDay(
        id,
        project.gameDays.map((one) => one.id),
        `here, nor in ${environment.id}`,
      );
    throw new SteadfastError('unknown-id', `the game day '${id}' is not deployed in ${environment.id}`, {
      hint: `npx cdk deploy --all -c env=${environment.id}`,
    });
  }
  const place = await openAwsGameDays(environment);
  const open = (await place.editions()).filter(isOpen);
  if (open.length > 0)
    throw new SteadfastError(
      'busy',
      `another game day is open in ${environment.id}: ${open.map(({ edition }) => edition).join(', ')}`,
      { hint: `finish it first: steadfast gameday status${place.flags}` },
    );
  return { input: machine.input, planned, place };
}

/** The project's own game day, where it has it and the environment. */
function plannedThere(id: string, project: Project, { id: env }: OpenEnvironment): GameDayInput | undefined {
  const own = findGameDay(id, project);
  const hasEnvironment = project.environments.some((one) => one.id === env);
  return own === undefined || !hasEnvironment ? undefined : plannedGameDay(own, project, env);
}
