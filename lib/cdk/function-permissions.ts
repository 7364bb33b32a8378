import type { DeployedEnvironment } from './deployed-environment.ts';
import {
  experiments,
  firstStart,
  listExperiments,
  pollGuards,
  readGuards,
  readMetrics,
  readPrerequisites,
  readTargets,
  seeInstances,
  seeNetworkAcls,
  seeServices,
  startExperiments,
} from './fault-grants.ts';
import { pollIncidents, readFreezes, readSafetyLever } from './gate-grants.ts';
import type { Grant } from './grant.ts';
import type { HandlerName } from './handler-bundles.ts';
import { lookByProbes } from './look-grants.ts';
import { callFunctions, performRollbacks, readSecrets } from './rollback-grants.ts';
import { callProbers, listRuns, readListings, runs, table, tell } from './run-grants.ts';
import { startMachines, stopMachines } from './traffic-grants.ts';

/**
 * The least that each function needs, besides its own log and traces. What the code of each can ask is walked and recorded by
 * tests, which find what is missing here and what nobody needs.
 */
export const functionPermissions: Readonly<
  Record<HandlerName, (environment: DeployedEnvironment) => readonly Grant[]>
> = {
  admit: (e) => [
    table(e, 'BatchGetItem', 'ConditionCheckItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    runs(e, 'GetObject', 'PutObject'),
    readListings(e),
    readGuards('DescribeAlarms'),
    ...pollGuards(e),
    readSafetyLever(e),
    ...readFreezes(e),
    ...pollIncidents(e),
    ...readTargets(e),
    ...readPrerequisites(e),
    seeNetworkAcls(),
    ...startExperiments(e),
    firstStart(e),
    ...callFunctions(e),
    ...startMachines(e),
    experiments(e, 'GetExperiment', 'ListExperimentResolvedTargets', 'StopExperiment'),
    listExperiments(),
    ...tell(e),
  ],
  observe: (e) => [
    table(e, 'BatchGetItem', 'PutItem', 'Query'),
    runs(e, 'GetObject', 'PutObject'),
    listRuns(e),
    ...lookByProbes(e, 'DescribeAlarmHistory'),
    ...readSecrets(e),
    ...callProbers(e),
    ...startMachines(e),
    experiments(e, 'GetExperiment', 'StopExperiment'),
  ],
  fault: (e) => [
    table(e, 'BatchGetItem', 'PutItem', 'Query', 'UpdateItem'),
    runs(e, 'GetObject', 'PutObject'),
    listRuns(e),
    readGuards('DescribeAlarmHistory', 'DescribeAlarms'),
    ...pollGuards(e),
    ...readTargets(e),
    seeInstances(),
    readMetrics(),
    ...startExperiments(e),
    experiments(e, 'GetExperiment', 'ListExperimentResolvedTargets', 'StopExperiment'),
    listExperiments(),
  ],
  rollback: (e) => [
    table(e, 'PutItem', 'Query', 'UpdateItem'),
    runs(e, 'GetObject', 'PutObject'),
    ...lookByProbes(e),
    ...readSecrets(e),
    ...callProbers(e),
    ...performRollbacks(e),
  ],
  recover: (e) => [
    table(e, 'BatchGetItem', 'PutItem', 'Query'),
    runs(e, 'GetObject', 'PutObject'),
    listRuns(e),
    ...lookByProbes(e),
    ...readSecrets(e),
    ...callProbers(e),
    ...startMachines(e),
  ],
  conclude: (e) => [
    table(e, 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    runs(e, 'AbortMultipartUpload', 'GetObject', 'PutObject'),
    listRuns(e),
    experiments(e, 'GetExperiment', 'StopExperiment'),
    listExperiments(),
    seeServices(e),
    ...callFunctions(e),
    ...stopMachines(e),
    seeNetworkAcls(),
    ...tell(e),
  ],
};

/** What a function that probes from a vantage point needs, besides its own log and network interface: to read secrets for headers. */
export const probePermissions = (environment: DeployedEnvironment): readonly Grant[] =>
  readSecrets(environment);
