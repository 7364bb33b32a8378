import type { DeployedEnvironment } from '../../lib/cdk/deployed-environment.ts';
import type { EnvironmentStatement } from '../../lib/cdk/environment-statement.ts';
import {
  deskPermissions,
  machinePermissions,
  scribePermissions,
  stepPermissions,
} from '../../lib/cdk/game-day/permissions.ts';
import { gameDayRoleStatements } from '../../lib/cdk/game-day/role-statements.ts';
import type { Grant } from '../../lib/cdk/grant.ts';
import { ownLog } from '../../lib/cdk/run-grants.ts';
import { observability } from '../../lib/cdk/start-permissions.ts';
import { roleNames } from '../../lib/experiment/role-names.ts';
import { widgetOf } from '../../lib/plan/environment-names.ts';

/** Grants as the lines of a list. */
type Lines = (grants: readonly Grant[]) => string[];

const launchersOf = ({ names }: DeployedEnvironment) => [names.launcherArn('slow-database')];

/** What the functions of game days may do. */
export const gameDayFunctionLines = (environment: DeployedEnvironment, lines: Lines): string[] => [
  '### game-day',
  '',
  'Makes the steps of a game day: sees what people have decided and what runs come to, and ends what must end. In an environment with game days, as are the next three.',
  '',
  ...lines([...stepPermissions(environment, launchersOf(environment)), ownLog(environment, 'game-day')]),
  '',
  '### desk',
  '',
  'Answers `steadfast gameday`: shows an edition, and does what its caller may.',
  '',
  ...lines([...deskPermissions(environment), ownLog(environment, 'desk')]),
  '',
  '### Widgets',
  '',
  'A function for each role, which shows the edition and does what is pressed.',
  '',
  ...lines([...deskPermissions(environment), ownLog(environment, widgetOf('operator'))]),
  '',
  '### scribe',
  '',
  'Writes alarms and changes in the account into the log of editions, and reminds people of game days that are overdue.',
  '',
  ...lines([...scribePermissions(environment), ownLog(environment, 'scribe')]),
  '',
];

/** What the machine of a game day may do. */
export const gameDayMachineLines = (environment: DeployedEnvironment, lines: Lines): string[] => [
  '### Game days',
  '',
  'A role for each game day, which starts the launchers of its own stages alone.',
  '',
  ...lines([
    ...machinePermissions(
      environment,
      environment.names.arn('lambda', `function:${environment.names.function('game-day')}`),
      launchersOf(environment),
    ),
    observability,
  ]),
  '',
];

/** What people may do who act in a role of game days. */
export const gameDayRoleLines = ({ names }: DeployedEnvironment, lines: Lines): string[] =>
  roleNames.flatMap((role) => {
    const statements = gameDayRoleStatements(names, role, ['observer', 'onCall']);
    const of = (wanted: EnvironmentStatement['effect']) =>
      lines(statements.filter(({ effect }) => effect === wanted));
    return [
      `### On game days: ${role}`,
      '',
      `The policy \`${names.gameDayRole(role)}\`, which is attached to nobody; observers and whoever is on call approve here.`,
      '',
      ...of(undefined),
      '',
      'Whatever other policies allow, it denies:',
      '',
      ...of('Deny'),
      '',
    ];
  });
