import type { Environment } from '../../experiment/environment.ts';
import { type RoleName, roleNames } from '../../experiment/role-names.ts';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { approversOf } from '../../game-day/approvers.ts';
import type { KnownDefinitions } from '../../game-day/known-definitions.ts';
import { mayBeSame } from '../../game-day/principals.ts';
import { problemsOfGameDay } from '../../game-day/problems.ts';
import type { EnvironmentNames } from '../../plan/environment-names.ts';
import { type DeployableGameDay, isPattern, onlyIn } from './deployed-game-day.ts';

/** The largest policy of a function (Lambda quotas, "Resource-based policy"). */
const longestPolicy = 20_480;

/** Everything that keeps game days from being deployed to an environment, each and all together; its path is that of its document. */
export function gameDayProblems(
  gameDays: readonly DeployableGameDay[],
  project: KnownDefinitions,
  environment: { readonly parsed: Environment; readonly names: EnvironmentNames },
): Problem[] {
  if (gameDays.length === 0) return [];
  const environments = project.environments.map(({ parsed }) => parsed);
  return [
    ...gameDays.flatMap(({ parsed, file }) =>
      problemsOfGameDay({ gameDay: onlyIn(parsed, environment.parsed.id), project })
        .filter(({ severity }) => severity !== 'note')
        .map((problem): Problem => ({ ...problem, file: file ?? parsed.id })),
    ),
    ...sharedWidgetProblems(gameDays, environment.parsed.id),
    ...crowdProblems(gameDays, environment),
    ...ambiguousGameDays(environments, environment.parsed),
  ];
}

/**
 * A role's widget is that of all game days of an environment, and tells nothing of a person but the role. So nobody may be operator of one
 * and approve in another: they could propose by the one widget and approve by the other. Within a game day `check` says so already.
 */
function sharedWidgetProblems(gameDays: readonly DeployableGameDay[], environment: string): Problem[] {
  const approvers = new Set(gameDays.flatMap(({ parsed }) => Object.values(approversOf(parsed)).flat()));
  const of = ({ parsed: { environments = {} } }: DeployableGameDay, role: RoleName) =>
    environments[environment]?.roles[role] ?? [];
  return gameDays.flatMap((gameDay) =>
    roleNames.flatMap((role): Problem[] => {
      if (role === 'operator' || !approvers.has(role)) return [];
      return of(gameDay, role).flatMap((principal, index): Problem[] => {
        const other = gameDays.find(
          (one) => one !== gameDay && of(one, 'operator').some((operator) => mayBeSame(operator, principal)),
        );
        if (other === undefined) return [];
        return [
          {
            code: 'common-principal',
            file: gameDay.file ?? gameDay.parsed.id,
            path: ['environments', environment, 'roles', role, index],
            message: `'${principal}' may act as operator of the game day '${other.parsed.id}', and both have the same widgets: it could approve what it proposed itself`,
            hint: 'give operators and approvers principals of their own, in all game days of an environment',
          },
        ];
      });
    }),
  );
}

/** The desk's policy names everybody who may act in any role, twice. */
function crowdProblems(
  gameDays: readonly DeployableGameDay[],
  { parsed, names }: { readonly parsed: Environment; readonly names: EnvironmentNames },
): Problem[] {
  const people = new Set(
    gameDays.flatMap(({ parsed: { environments = {} } }) =>
      roleNames.flatMap((role) => environments[parsed.id]?.roles[role] ?? []),
    ),
  );
  const named = [...people].filter((arn) => !isPattern(arn));
  const bytes = named.reduce((sum, arn) => sum + 2 * statementBytes(arn, names.gameDayDeskArn), 0);
  if (bytes <= longestPolicy) return [];
  return [
    {
      code: 'too-many-principals',
      path: [],
      message: `the game days in '${parsed.id}' name ${named.length} roles and users, which is more than the policy of a function holds`,
      hint: 'give people a role for each role of the game days, or name them by a pattern such as arn:aws:iam::111111111111:role/game-days-*',
    },
  ];
}

/** A statement as Lambda writes it: the longer one of a principal's two. */
const statementBytes = (principal: string, Resource: string) =>
  JSON.stringify({
    Sid: 'steadfast-environment-game-days-DeskAdmit1-0123456789AB-0123456789ABCDEF',
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: 'lambda:InvokeFunctionUrl',
    Resource,
    Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
  }).length;

/**
 * Environments whose launchers could be taken for game days of this one: that of `gameday-staging` beside `staging`, or one that is called
 * `gameday` itself. Who may start the ones may then start the others.
 */
const ambiguousGameDays = (
  environments: readonly Environment[],
  { id, account, region }: Environment,
): Problem[] =>
  environments
    .filter((other) => other.account === account && other.region === region)
    .filter((other) => `gameday-${id}-`.startsWith(`${other.id}-`) || other.id.startsWith(`gameday-${id}-`))
    .map((other) => ({
      code: 'ambiguous-names',
      path: [],
      message: `the launchers of the environment '${other.id}' could not be told from the game days of '${id}' by their names`,
      hint: `rename the environment '${other.id}': an id that does not begin with 'gameday'`,
    }));
