import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ECSClient } from '@aws-sdk/client-ecs';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { STSClient } from '@aws-sdk/client-sts';
import { type AlarmReader, createAlarmReader } from '../alarm-reader.ts';
import type { Connection } from './connection.ts';

/** What a plan asks besides what the other words need. */
export interface PlanClients {
  /** Alarms of other accounts and Regions. */
  readonly alarmReader: AlarmReader;
  readonly cloudWatch: CloudWatchClient;
  readonly ecs: ECSClient;
  readonly iam: IAMClient;
  readonly lambda: LambdaClient;
}

/** A person waits: what hangs is given up and tried again after this long. */
const requestHandler = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

export function createPlanClients({ place }: Pick<Connection, 'place'>): PlanClients {
  const config = { ...place, maxAttempts: 3, requestHandler };
  return {
    alarmReader: createAlarmReader(new STSClient(config), config),
    cloudWatch: new CloudWatchClient(config),
    ecs: new ECSClient(config),
    iam: new IAMClient(config),
    lambda: new LambdaClient(config),
  };
}
