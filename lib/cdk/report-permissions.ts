import type { DeployedEnvironment } from './deployed-environment.ts';
import { type Grant, grant } from './grant.ts';
import { runs } from './run-grants.ts';

/** What the function of reports needs: the journals, the place of its pages beside them, and that of events it could not serve. */
export const reportPermissions = (environment: DeployedEnvironment): readonly Grant[] => [
  runs(environment, 'GetObject', 'PutObject'),
  grant('KeepFailures', ['sqs:SendMessage'], [environment.names.stopFailuresArn]),
];
