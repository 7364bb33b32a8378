import { executionArn } from '../../plan/aws-names.ts';
import { gameDayApprovalPartition, gameDayPrefix, haltPrefix } from '../../plan/table-partitions.ts';
import type { DeployedEnvironment } from '../deployed-environment.ts';
import { readGuards } from '../fault-grants.ts';
import { type Grant, grant, grantOnAll } from '../grant.ts';
import { listRuns, runs, table, tell, tellPeople } from '../run-grants.ts';
import { learnOfTheEnd } from '../start-permissions.ts';
import { stopExperiments } from '../stop-permissions.ts';

/** All executions of a state machine. */
export const executionsOf = (machineArn: string): string => executionArn(machineArn, '*');

/** Every call names the partitions that it touches; one without any is none of these. */
const inPartition = (operator: 'StringEquals' | 'StringLike', name: string) => ({
  conditions: {
    [`ForAllValues:${operator}`]: { 'dynamodb:LeadingKeys': name },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  },
});

/** Adding to the log of an edition and to the index of editions, and to nothing else in the table. */
const writeLog = ({ names }: DeployedEnvironment): Grant =>
  grant(
    'WriteLog',
    ['dynamodb:ConditionCheckItem', 'dynamodb:PutItem'],
    [names.tableArn],
    inPartition('StringLike', `${gameDayPrefix}*`),
  );

/** Answering the runs of game days: no policy of people's lets anybody write there. */
const answerRuns = ({ names }: DeployedEnvironment): Grant =>
  grant(
    'AnswerRuns',
    ['dynamodb:UpdateItem'],
    [names.tableArn],
    inPartition('StringEquals', gameDayApprovalPartition),
  );

/** Having runs end, and taking a halt back. */
const halts = ({ names }: DeployedEnvironment, ...calls: readonly string[]): Grant =>
  grant(
    'Halts',
    calls.map((call) => `dynamodb:${call}`),
    [names.tableArn],
    inPartition('StringLike', `${haltPrefix}*`),
  );

/** The files of editions. */
const files = ({ names }: DeployedEnvironment, ...calls: readonly string[]): Grant =>
  grant(
    'GameDayFiles',
    calls.map((call) => `s3:${call}`),
    [`${names.bucketArn}/game-days/*`],
  );

/**
 * Halting everything, and unlocking after a halt of the game day's own: by the machine that people start, and where that does not answer by
 * the function itself.
 */
const pullKillSwitch = (environment: DeployedEnvironment): readonly Grant[] => [
  grant('KillSwitch', ['states:StartExecution'], [environment.names.haltArn]),
  grant('KillSwitchAnswers', ['states:DescribeExecution'], [environment.names.haltExecutionsArn]),
  ...stopExperiments(environment),
  ...tell(environment),
];

/** What every function that shows an edition or acts on it needs. */
const acting = (environment: DeployedEnvironment): readonly Grant[] => [
  table(environment, 'GetItem', 'Query'),
  writeLog(environment),
  answerRuns(environment),
  runs(environment, 'GetObject'),
  listRuns(environment),
  ...pullKillSwitch(environment),
];

/** The steps of the protocol, which see before an edition begins that its launchers know of game days. */
export const stepPermissions = (
  environment: DeployedEnvironment,
  launchers: readonly string[],
): readonly Grant[] => [
  ...acting(environment),
  halts(environment, 'DeleteItem', 'PutItem', 'UpdateItem'),
  files(environment, 'GetObject', 'PutObject'),
  grant('SeeLaunchers', ['states:DescribeStateMachine'], launchers),
];

/** The scribe: what it hears and sees it writes down, and people are reminded of what is overdue. */
export const scribePermissions = (environment: DeployedEnvironment): readonly Grant[] => [
  table(environment, 'Query'),
  writeLog(environment),
  files(environment, 'GetObject'),
  readGuards('DescribeAlarms'),
  grant('SeeEditionsEnd', ['states:DescribeExecution'], [environment.names.gameDayExecutionsArn], {
    unlimited: 'read-only; an edition that has died may be of a game day that is deployed no longer',
  }),
  grantOnAll(
    'Changes',
    ['cloudtrail:LookupEvents'],
    'read-only; IAM knows no resource for a search of events',
  ),
  tellPeople(environment.names),
  grant('KeepFailures', ['sqs:SendMessage'], [environment.names.gameDayFailuresArn]),
];

/** What the command asks, and what a role's widget shows and does. */
export const deskPermissions = (environment: DeployedEnvironment): readonly Grant[] => [
  ...acting(environment),
  halts(environment, 'DeleteItem', 'PutItem'),
  files(environment, 'GetObject'),
];

/** The machine of a game day: calling its function, starting the launchers of its stages, and learning of their end. */
export const machinePermissions = (
  { names }: DeployedEnvironment,
  functionArn: string,
  launchers: readonly string[],
): readonly Grant[] => [
  grant('Steps', ['lambda:InvokeFunction'], [functionArn]),
  grant('StartLaunchers', ['states:StartExecution'], launchers),
  grant('FollowLaunchers', ['states:DescribeExecution', 'states:StopExecution'], launchers.map(executionsOf)),
  learnOfTheEnd(names),
];
