import { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { alarmsOf } from '../plan/alarms.ts';
import type { EnvironmentNames } from '../plan/environment-names.ts';
import { createDashboard } from './dashboard.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { endRunsOnGuards } from './end-runs-first.ts';
import { createEvidence } from './evidence.ts';
import { createGuardAlarms } from './guard-alarms.ts';
import type { HandlerBundles } from './handler-bundles.ts';
import { createNotificationTopic } from './notification-topic.ts';
import { publishVersion } from './own-version.ts';
import { publishDefinition } from './published-definition.ts';
import { createStopFunction } from './stop-function.ts';

/**
 * What every run of an environment shares: the table of leases and runs, the bucket of journals, the topic of verdicts, the
 * guards' alarms, a dashboard, and the function that ends runs before any of it goes. The evidence outlives the stack.
 */
export class CoreStack extends Stack {
  constructor(scope: Construct, id: string, environment: DeployedEnvironment, bundles: HandlerBundles) {
    const { definition, target, parsed, names, place } = environment;
    super(scope, id, {
      env: place,
      stackName: id,
      description: `Steadfast: what runs in ${target.id} share`,
      // Without this stack FIS would have nothing to stop on: the guards' alarms are in it.
      terminationProtection: parsed.production,
    });
    createEvidence(this, names, place);
    createNotificationTopic(this, { name: names.topic, place, emails: parsed.notify?.emails ?? [] });
    const guards = alarmsOf(target);
    const alarms = createGuardAlarms(this, guards);
    createDashboard(this, { names, target, alarms, dashboards: parsed.dashboards ?? {} });
    createParameters(this, names);
    publishVersion(this, 'core', names);
    publishDefinition(this, names, definition);
    createStopFunction(this, 'end-first', environment, bundles);
    endRunsOnGuards(this, names, guards);
  }
}

function createParameters(scope: Construct, names: EnvironmentNames) {
  const shared = {
    table: names.table,
    bucket: names.bucket,
    'topic-arn': names.topicArn,
    'fis-log-group-arn': names.fisLogGroupArn,
  };
  for (const [name, stringValue] of Object.entries(shared)) {
    new StringParameter(scope, `Parameter-${name}`, { parameterName: names.parameter(name), stringValue });
  }
}
