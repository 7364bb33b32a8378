import { deployedEnvironment } from '../../lib/cdk/deployed-environment.ts';
import { dispatcherPermissions, dispatchPermissions } from '../../lib/cdk/dispatch-permissions.ts';
import type { EnvironmentStatement } from '../../lib/cdk/environment-statement.ts';
import {
  approverStatements,
  operatorStatements,
  viewerStatements,
} from '../../lib/cdk/environment-statements.ts';
import { functionPermissions, probePermissions } from '../../lib/cdk/function-permissions.ts';
import { type Grant, grantOnAll } from '../../lib/cdk/grant.ts';
import { type HandlerName, handlerNames, type StopName, stopNames } from '../../lib/cdk/handler-bundles.ts';
import { reportPermissions } from '../../lib/cdk/report-permissions.ts';
import { networkInterfaces, ownLog } from '../../lib/cdk/run-grants.ts';
import {
  launcherPermissions,
  observability,
  runnerPermissions,
  schedulerPermissions,
} from '../../lib/cdk/start-permissions.ts';
import { haltMachinePermissions, stopPermissions } from '../../lib/cdk/stop-permissions.ts';
import { type EnvironmentDefinition, environmentSchema } from '../../lib/experiment/environment.ts';
import type { FisAction } from '../../lib/fis/action.ts';
import { actions } from '../../lib/fis/catalogue.ts';
import { fisLogging } from '../../lib/plan/role.ts';
import { commandPermissionLines, everyWord } from './command-permissions.ts';
import { gameDayFunctionLines, gameDayMachineLines, gameDayRoleLines } from './game-day-permissions.ts';
import { generated, page } from './generated.ts';

/** An environment that declares everything that a function is given a permission for. */
const example: EnvironmentDefinition = {
  id: 'staging',
  account: '111111111111',
  region: 'eu-west-1',
  tag: { key: 'Env', value: 'staging' },
  production: false,
  services: {},
  guards: {
    shopErrors: {
      alarm: 'arn:aws:cloudwatch:us-east-1:222222222222:alarm:shop-errors',
      readBy: 'arn:aws:iam::222222222222:role/reads-alarms',
      watches: 'production',
    },
    own: { alarm: 'orders' },
  },
  owns: {},
  campaignPartners: ['arn:aws:events:us-east-2:222222222222:event-bus/steadfast-ohio-campaigns'],
  functions: { flush: 'shop-flush' },
  stateMachines: { shoppers: 'shop-shoppers' },
  documents: { restart: { document: 'shop-restart', role: 'shop-restart' } },
  secrets: { token: { secretsManager: 'shop/token' }, key: { ssm: '/shop/key' } },
  vantagePoints: {
    zoneA: { vpc: 'vpc-0a1b2c3d', subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] },
  },
};
const environment = deployedEnvironment(example, environmentSchema.parse(example));
const { names } = environment;

/** What each function does, and what may therefore be asked by its role. */
const functionWords: Readonly<Record<HandlerName, string>> = {
  admit: 'Admits a run or rejects it.',
  observe: 'Looks at the system before, during and between faults, and stops the fault.',
  recover: 'Looks at the system after the faults, until it is back.',
  fault: 'Starts faults, confirms what they hit, and sees them to their end.',
  rollback: 'Carries out rollbacks and proves them.',
  conclude: 'Judges a run, writes its journal, and tells of it.',
};

const stopWords: Readonly<Record<StopName, string>> = {
  stop: 'Ends what has outlived its run, from outside the runner: stops faults, rolls back, records and tells.',
  halt: 'The kill switch: stops faults at once, and lets nothing start until somebody unlocks.',
  'end-first': 'Ends runs before CloudFormation deletes what they need; it is in the core.',
};

/** docs/reference/permissions.md: what every role may do. */
export function permissionsPage(): string {
  return page(
    generated(
      'lib/cdk/function-permissions.ts, lib/cdk/start-permissions.ts, lib/cdk/environment-statements.ts and lib/fis',
    ),
    '',
    '# Permissions',
    '',
    'What each role of an environment may do, on what and under which condition, and what IAM cannot limit and why. The example is an environment `staging` with the tag `Env=staging`, in eu-west-1 of the account 111111111111, which declares a function, a document with its role, two secrets, a vantage point `zoneA`, and a guard in another account. What an environment does not declare, its roles may not touch.',
    '',
    "Tests ask an IAM simulator about every role as it is synthesized: what its code can ask is allowed, the same on another environment, account or Region is denied, and no permission is left that nobody needs. The simulator decides by AWS's published authorization data, not by a live account.",
    '',
    '## Functions',
    '',
    'Each has a role of its own, which Lambda alone may take on. Besides what is listed it delivers X-Ray traces, for which IAM knows no resource.',
    ...handlerNames.flatMap((name) => [
      '',
      `### ${name}`,
      '',
      functionWords[name],
      '',
      ...lines([...functionPermissions[name](environment), ownLog(environment, name)]),
    ]),
    '',
    ...stopNames.flatMap((name) => [
      `### ${name}`,
      '',
      stopWords[name],
      '',
      ...lines([...stopPermissions[name](environment), ownLog(environment, name)]),
      '',
    ]),
    '### dispatch',
    '',
    'Makes the steps of a campaign: learns which runs have ended, and starts the launchers whose turn it is. Those of other environments only where the environment declares that it dispatches for them. Where it has `campaignPartners`, it tells them how its part of a campaign is, and keeps what they tell.',
    '',
    ...lines([...dispatchPermissions(environment), ownLog(environment, 'dispatch')]),
    '',
    '### report',
    '',
    'Writes the report of a run once its verdict has been told.',
    '',
    ...lines([...reportPermissions(environment), ownLog(environment, 'report')]),
    '',
    ...gameDayFunctionLines(environment, lines),
    '### Vantage points',
    '',
    'Each vantage point has a function of its own that only probes: it sends the requests that it is handed, delivers no traces, and is the only one in a VPC.',
    '',
    ...lines([
      ...probePermissions(environment),
      ownLog(environment, 'probe-zoneA'),
      networkInterfaces(environment, 'probe-zoneA'),
    ]),
    '',
    '## State machines and schedules',
    '',
    '### The runner',
    '',
    ...lines([
      ...runnerPermissions(
        handlerNames.map((name) => names.arn('lambda', `function:${names.function(name)}`)),
      ),
      observability,
    ]),
    '',
    '### The kill switch',
    '',
    ...lines([
      ...haltMachinePermissions(names.arn('lambda', `function:${names.function('halt')}`)),
      observability,
    ]),
    '',
    '### The dispatcher',
    '',
    ...lines([
      ...dispatcherPermissions(environment, names.arn('lambda', `function:${names.function('dispatch')}`)),
      observability,
    ]),
    '',
    ...gameDayMachineLines(environment, lines),
    '### Launchers',
    '',
    'One role for all launchers of the environment.',
    '',
    ...lines(launcherPermissions(environment)),
    '',
    '### Schedules',
    '',
    'One role for all schedules of the environment.',
    '',
    ...lines(schedulerPermissions(environment)),
    '',
    '## People',
    '',
    'Who uses the command or the console needs no role of Steadfast, but these permissions. `SteadfastViewerPolicy`, `SteadfastApproverPolicy` and `SteadfastOperatorPolicy` of `steadfast-chaos/cdk` hold them, and so do the grants of an environment (`grantView`, `grantApprove`, `grantOperate`).',
    '',
    `Every word asks \`${everyWord.free}\`, which needs no permission, and where the project does not declare the environment \`${everyWord.undeclared}\`.`,
    '',
    ...commandPermissionLines(),
    '',
    '### Viewers',
    '',
    ...lines(viewerStatements(names)),
    '',
    '### Approvers',
    '',
    'All of that, and:',
    '',
    ...lines(onlyIn(approverStatements(names))),
    '',
    '### Operators',
    '',
    'What viewers may, and:',
    '',
    ...lines(onlyIn(operatorStatements(names))),
    '',
    ...gameDayRoleLines(environment, lines),
    '## FIS',
    '',
    "Each experiment has a role of its own, which FIS may take on for experiments of this account and Region only. It holds what the experiment's actions need and nothing else; the [faults](faults.md) list it action by action, and [the fences](../explanation/fences.md#4-iam) say what the names of statements mean. Every role of FIS may also write FIS's log:",
    '',
    ...lines([grantOnAll('Log', fisLogging, 'IAM knows no resource for setting up the delivery of logs')]),
    '',
    'What FIS itself made for an experiment (network ACLs, route tables, security groups) it tags as its own, whichever environment it is for: of two environments in one account and Region, each may change what FIS made for the other.',
    '',
    'IAM cannot confine these, so they are allowed without a condition:',
    '',
    ...unconfinedLines(),
  );
}

/** What a policy holds besides that of viewers. */
function onlyIn(statements: readonly EnvironmentStatement[]): EnvironmentStatement[] {
  const ofViewers = new Set(viewerStatements(names).map(({ sid }) => sid));
  return statements.filter(({ sid }) => !ofViewers.has(sid));
}

const code = (text: string) => `\`${text}\``;
const listed = (texts: readonly string[]) => texts.map(code).join(', ');

const lines = (grants: readonly Grant[]): string[] =>
  grants.map(({ sid, actions: allowed, resources, conditions = {}, unlimited }) => {
    const on = resources.includes('*') ? 'on everything' : `on ${listed(resources)}`;
    const only = conditionWords(conditions);
    const why = unlimited === undefined ? '' : ` Not limited further: ${unlimited}.`;
    return `- ${code(sid)}: ${listed(allowed)} ${on}${only === '' ? '' : `, only where ${only}`}.${why}`;
  });

function conditionWords(conditions: NonNullable<Grant['conditions']>): string {
  return Object.entries(conditions)
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, value]) => oneCondition(operator, key, value)),
    )
    .join(' and ');
}

function oneCondition(operator: string, key: string, value: string): string {
  switch (operator) {
    case 'StringEquals':
      return `${code(key)} is ${code(value)}`;
    case 'StringLike':
      return `${code(key)} is like ${code(value)}`;
    case 'ArnNotEquals':
      return `${code(key)} is not ${code(value)}`;
    case 'ForAllValues:StringLike':
      return `every ${code(key)} is like ${code(value)}`;
    case 'ForAllValues:StringEquals':
      return `every ${code(key)} is ${code(value)}`;
    case 'ForAnyValue:StringLike':
      return `some ${code(key)} is like ${code(value)}`;
    case 'ForAnyValue:StringEquals':
      return `some ${code(key)} is ${code(value)}`;
    case 'Bool':
      return `${code(key)} is ${code(value)}`;
    case 'BoolIfExists':
      return `${code(key)} is ${code(value)} or absent`;
    case 'Null':
      return value === 'false' ? `there is ${code(key)}` : `there is no ${code(key)}`;
    default:
      throw new Error(`the page has no words for ${operator}`);
  }
}

const all: readonly FisAction[] = actions;

/** What the catalogue says that IAM cannot confine, by reason. */
function unconfinedLines(): string[] {
  const reasons = all.flatMap(({ permissions }) =>
    permissions.flatMap(({ action, on, confinedBy }) =>
      typeof confinedBy === 'object' && 'none' in confinedBy
        ? [
            {
              reason: confinedBy.none,
              what: on === undefined ? code(action) : `${code(action)} on ${code(on)}`,
            },
          ]
        : [],
    ),
  );
  return Object.entries(Object.groupBy(reasons, ({ reason }) => reason)).map(
    ([reason, same = []]) =>
      `- ${[...new Set(same.map(({ what }) => what))].toSorted().join(', ')}: ${reason}.`,
  );
}
