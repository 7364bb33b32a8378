import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { RoleName } from '../../experiment/role-names.ts';
import type { GameDayInput } from '../../game-day/input.ts';
import { widgetOf } from '../../plan/environment-names.ts';
import type { DeployedEnvironment } from '../deployed-environment.ts';
import { gameDaySizes } from '../function-sizes.ts';
import type { HandlerBundles } from '../handler-bundles.ts';
import { createOwnFunction } from '../own-function.ts';
import { filledRoles } from './deployed-game-day.ts';
import { deskPermissions, scribePermissions, stepPermissions } from './permissions.ts';

export interface GameDayFunctions {
  /** What the protocol's machines call. */
  readonly step: LambdaFunction;
  readonly scribe: LambdaFunction;
  readonly desk: LambdaFunction;
  /** One for each role that somebody may act in. */
  readonly widgets: ReadonlyMap<RoleName, LambdaFunction>;
}

/** The functions of the game days of an environment, each with a role of its own. */
export function createGameDayFunctions(
  scope: Construct,
  environment: DeployedEnvironment,
  options: { readonly gameDays: readonly GameDayInput[]; readonly bundles: HandlerBundles },
): GameDayFunctions {
  const { gameDays, bundles } = options;
  return {
    step: createOwnFunction(scope, {
      name: 'game-day',
      title: 'Gameday',
      environment,
      bundle: bundles['game-day'],
      grants: stepPermissions(environment, launchersOf(gameDays)),
      size: gameDaySizes.step,
    }),
    scribe: createOwnFunction(scope, {
      name: 'scribe',
      title: 'Scribe',
      environment,
      bundle: bundles.scribe,
      grants: scribePermissions(environment),
      size: gameDaySizes.scribe,
      variables: { STEADFAST_GAME_DAYS: JSON.stringify(cadencesOf(gameDays)) },
    }),
    desk: createOwnFunction(scope, {
      name: 'desk',
      title: 'Desk',
      environment,
      bundle: bundles.desk,
      grants: deskPermissions(environment),
      size: gameDaySizes.desk,
    }),
    widgets: new Map(
      filledRoles(gameDays).map((role) => [
        role,
        createOwnFunction(scope, {
          name: widgetOf(role),
          title: `View${role}`,
          environment,
          bundle: bundles.widget,
          grants: deskPermissions(environment),
          size: gameDaySizes.widget,
          variables: { STEADFAST_ROLE: role },
        }),
      ]),
    ),
  };
}

/** The launchers of all stages, each once. */
const launchersOf = (gameDays: readonly GameDayInput[]): readonly string[] => [
  ...new Set(gameDays.flatMap(({ stages }) => stages.map(({ launcher }) => launcher))),
];

/** How often each takes place, for whom people are to be reminded of. */
const cadencesOf = (gameDays: readonly GameDayInput[]) =>
  gameDays.flatMap(({ id, title, cadence }) => (cadence === undefined ? [] : [{ id, title, cadence }]));
