import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { verdictEvent } from '../run/verdict-event.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { reportSize } from './function-sizes.ts';
import { createOwnFunction } from './own-function.ts';
import { reportPermissions } from './report-permissions.ts';
import { createTarget } from './woken-by-events.ts';

/** A report is worth as much later; nobody waits for it. */
const eventAge = Duration.hours(1);

/** What writes the report of each run once its verdict has been told, whoever concluded it. No verdict depends on it. */
export function createReportFunction(
  scope: Construct,
  environment: DeployedEnvironment,
  parts: { readonly bundle: string; readonly failures: Queue },
): void {
  const { names } = environment;
  const { bundle, failures } = parts;
  const report = createOwnFunction(scope, {
    name: 'report',
    title: 'Report',
    environment,
    bundle,
    grants: reportPermissions(environment),
    size: reportSize,
  });
  const target = createTarget(scope, {
    title: 'Report',
    woken: report,
    failures,
    failuresArn: names.stopFailuresArn,
    eventAge,
  });
  new Rule(scope, 'VerdictsTold', {
    description:
      'Steadfast: a run of this environment has its verdict, and its report is still to be written',
    eventPattern: {
      source: [verdictEvent.source],
      detailType: [verdictEvent.detailType],
      detail: { environment: [names.id] },
    },
    targets: [target()],
  });
}
