import type { DeployedEnvironment } from './deployed-environment.ts';
import { listExperiments } from './fault-grants.ts';
import { type Grant, grant } from './grant.ts';
import type { StopName } from './handler-bundles.ts';
import { lookByProbes } from './look-grants.ts';
import { performRollbacks, readSecrets } from './rollback-grants.ts';
import { callProbers, listRuns, runs, table, tell } from './run-grants.ts';
import { stopMachines } from './traffic-grants.ts';

/** Stopping what is active, whoever started it. */
export const stopExperiments = ({ names }: DeployedEnvironment): readonly Grant[] => [
  listExperiments(),
  grant('AnyExperiments', ['fis:GetExperiment'], [names.arn('fis', 'experiment/*')], {
    unlimited: 'read-only; what somebody started by hand carries no tag',
  }),
  grant('StopAnyExperiments', ['fis:StopExperiment'], [names.arn('fis', 'experiment/*')], {
    unlimited:
      'FIS gives an experiment no tag of its template, so one that somebody started by hand from a template of this environment carries none; the code reads the tags of the template first, and ending a fault is the safe side',
  }),
  grant('AnyTemplates', ['fis:GetExperimentTemplate'], [names.arn('fis', 'experiment-template/*')], {
    unlimited: 'read-only; whose a template is can be told by reading it alone',
  }),
];

/** Seeing whether a run's execution, and the launcher and game day that wait for it, are over; and ending one that nobody waits for. */
const endExecutions = ({ names }: DeployedEnvironment): readonly Grant[] => [
  grant('Executions', ['states:DescribeExecution', 'states:StopExecution'], [names.runnerExecutionsArn]),
  grant('DeadExecutions', ['states:ListExecutions'], [names.runnerArn]),
  grant(
    'LaunchersExecutions',
    ['states:DescribeExecution'],
    [names.launcherExecutionsArn, names.gameDayExecutionsArn],
    {
      unlimited:
        'read-only; executions carry no tags by which environments whose names begin alike could be told apart',
    },
  ),
];

const pullSafetyLever = ({ names }: DeployedEnvironment): Grant =>
  grant(
    'SafetyLever',
    ['fis:GetSafetyLever', 'fis:UpdateSafetyLeverState'],
    [names.arn('fis', 'safety-lever/default')],
  );

/** What the functions may do that end runs from outside the runner. */
export const stopPermissions: Readonly<
  Record<StopName, (environment: DeployedEnvironment) => readonly Grant[]>
> = {
  stop: (e) => [
    table(e, 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    runs(e, 'GetObject', 'PutObject'),
    listRuns(e),
    ...stopExperiments(e),
    ...endExecutions(e),
    ...lookByProbes(e),
    ...readSecrets(e),
    ...callProbers(e),
    ...performRollbacks(e),
    ...stopMachines(e),
    grant('KeepFailures', ['sqs:SendMessage'], [e.names.stopFailuresArn]),
    ...tell(e),
  ],
  halt: (e) => [
    table(e, 'DeleteItem', 'GetItem', 'PutItem', 'Query'),
    ...stopExperiments(e),
    pullSafetyLever(e),
    ...tell(e),
  ],
  'end-first': (e) => [table(e, 'GetItem', 'PutItem', 'Query'), ...stopExperiments(e)],
};

/** The kill switch: calling its function. Logs and traces come on top. */
export const haltMachinePermissions = (functionArn: string): readonly Grant[] => [
  grant('Halt', ['lambda:InvokeFunction'], [functionArn]),
];
