import { Duration, Stack } from 'aws-cdk-lib';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { Experiment } from '../../experiment/experiment.ts';
import type { GameDayInput } from '../../game-day/input.ts';
import type { DeployedEnvironment } from '../deployed-environment.ts';
import { endRunsOfGameDays } from '../end-runs-first.ts';
import type { HandlerBundles } from '../handler-bundles.ts';
import { createOwnAlarms } from '../own-alarms.ts';
import { createFailureQueue, createTarget } from '../woken-by-events.ts';
import { createDashboards } from './dashboards.ts';
import { filledRoles, principalsOf } from './deployed-game-day.ts';
import { createEvidenceKey, signingRoles } from './evidence-key.ts';
import { createGameDayFunctions } from './functions.ts';
import { gameDayAlarms } from './game-day-alarms.ts';
import { createGameDayMachine } from './game-day-machine.ts';
import { createRolePolicies } from './role-policies.ts';
import { wakeScribe } from './scribe-rules.ts';
import { admitToDesk, admitToWidget } from './who-may-invoke.ts';

/** An alarm's change or a look that comes later than this finds the next look done. */
const eventAge = Duration.hours(1);

/**
 * The game days of an environment: a state machine for each, the functions that all of them share, and for each role of people a widget, a
 * dashboard and a policy. Without it every experiment runs as before.
 */
export class GameDaysStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    options: {
      readonly environment: DeployedEnvironment;
      readonly gameDays: readonly GameDayInput[];
      readonly experiments: readonly Experiment[];
      readonly bundles: HandlerBundles;
    },
  ) {
    const { environment, gameDays, experiments, bundles } = options;
    const { names, place, target } = environment;
    super(scope, id, { env: place, stackName: id, description: `Steadfast: the game days of ${target.id}` });
    const roles = filledRoles(gameDays);
    const functions = createGameDayFunctions(this, environment, { gameDays, bundles });
    const { step, scribe, desk, widgets } = functions;

    createEvidenceKey(this, names, [
      ...new Set(signingRoles.flatMap((role) => principalsOf(gameDays, role))),
    ]);
    admitToDesk(desk, [...new Set(roles.flatMap((role) => principalsOf(gameDays, role)))]);
    for (const [role, widget] of widgets) admitToWidget(widget, principalsOf(gameDays, role));
    const { url } = desk.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
    new StringParameter(this, 'Parameter-game-days-url', {
      parameterName: names.parameter('game-days-url'),
      stringValue: url,
    });

    const failures = createFailureQueue(this, {
      id: 'GameDayFailures',
      queueName: names.gameDayFailures,
      woken: 'the scribe of game days',
    });
    const { gameDayFailuresArn: failuresArn } = names;
    const wake = createTarget(this, { title: 'Scribe', woken: scribe, failures, failuresArn, eventAge });
    wakeScribe(this, environment, gameDays, wake);

    for (const input of gameDays) createGameDayMachine(this, environment, { input, step });
    createDashboards(this, environment, {
      gameDays,
      experiments,
      widgets: new Map([...widgets].map(([role, { functionArn }]) => [role, functionArn])),
    });
    createRolePolicies(this, names, gameDays);
    createOwnAlarms(this, names, gameDayAlarms(names, gameDays, roles));
    endRunsOfGameDays(
      this,
      names,
      gameDays.map((gameDay) => gameDay.id),
    );
  }
}
