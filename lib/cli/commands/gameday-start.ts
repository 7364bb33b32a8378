import { randomUUID } from 'node:crypto';
import { startExecution } from '../../aws/command/executions.ts';
import { editionId } from '../../game-day/edition.ts';
import { type EnvironmentFlags, openEnvironment } from '../aws/environment.ts';
import type { Outside } from '../aws/outside.ts';
import { exitCode } from '../exit-code.ts';
import { lookAtDeployed } from '../game-day/deployed-game-day.ts';
import { type Io, printJson, printLine } from '../io.ts';

export interface GameDayStartFlags extends EnvironmentFlags {
  readonly env: string;
  readonly json?: boolean | undefined;
}

/**
 * Begins an edition of a game day in an environment: what was deployed is what is held. No fault is near: the pre-brief begins.
 *
 * @throws SteadfastError where a plan would refuse it too
 */
export async function gameDayStartCommand(
  io: Io,
  gameDay: string,
  flags: GameDayStartFlags,
  { salt = randomUUID, ...outside }: Outside & { readonly salt?: () => string },
): Promise<number> {
  const environment = await openEnvironment(io, flags, outside);
  const { input, planned } = await lookAtDeployed(environment, gameDay);
  if (planned !== undefined && input?.hash !== planned.hash)
    printLine(
      io.stderr,
      `The definition of ${gameDay} here is not the one deployed in ${environment.id}, and what is deployed is what is held. To deploy it: npx cdk deploy --all -c env=${environment.id}`,
    );
  const { clock } = outside;
  const edition = editionId(gameDay, clock.timeOfDay?.() ?? clock.now(), salt());
  const execution = await startExecution(environment.connection.clients.sfn, {
    stateMachineArn: environment.names.gameDayArn(gameDay),
    name: edition,
    input: {},
  });
  if (flags.json === true) printJson(io, { edition, environment: environment.id, execution });
  else {
    printLine(io.stdout, `Begun: ${edition}, with the pre-brief.`);
    printLine(io.stdout, `Next:  npx steadfast gameday status ${edition} --env ${environment.id}`);
  }
  return exitCode.fine;
}
