import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ECSClient } from '@aws-sdk/client-ecs';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { FisClient } from '@aws-sdk/client-fis';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type AlarmReader, createAlarmReader } from './alarm-reader.ts';
import type { ClientPlace } from './client-place.ts';
import { type LazyEc2, lazyEc2 } from './lazy-ec2.ts';

/** One client of each AWS service that a run needs. */
export interface AwsClients {
  /** Alarms of other accounts and Regions. */
  readonly alarmReader: AlarmReader;
  readonly cloudWatch: CloudWatchClient;
  readonly dynamo: DynamoDBDocumentClient;
  readonly ec2: LazyEc2;
  readonly ecs: ECSClient;
  readonly eventBridge: EventBridgeClient;
  readonly fis: FisClient;
  /** Calls functions, each once. */
  readonly lambda: LambdaClient;
  /** Looks at functions, which may be done again. */
  readonly lambdaReads: LambdaClient;
  readonly s3: S3Client;
  readonly secretsManager: SecretsManagerClient;
  readonly sfn: SFNClient;
  readonly sns: SNSClient;
  readonly ssm: SSMClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
}

/** A call that hangs would keep a fault running: after this long it is given up and tried again. */
const requestTimeoutMs = 10_000;
const connectionTimeoutMs = 2_000;
const impatientMs = 4_000;

/** Clients for one account and Region: those that this process runs in, where `place` does not tell others. */
export function createAwsClients(place: ClientPlace = {}): AwsClients {
  const requestHandler = {
    connectionTimeout: connectionTimeoutMs,
    requestTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true,
  };
  const common = { ...place, maxAttempts: 4, requestHandler };
  // A guard is looked at every few seconds: one answer that does not come is worth no long wait.
  const impatient = {
    ...place,
    maxAttempts: 2,
    requestHandler: { ...requestHandler, requestTimeout: impatientMs },
  };
  return {
    alarmReader: createAlarmReader(new STSClient(impatient), impatient),
    cloudWatch: new CloudWatchClient(common),
    dynamo: DynamoDBDocumentClient.from(new DynamoDBClient(common), {
      marshallOptions: { removeUndefinedValues: true },
    }),
    ec2: lazyEc2(common),
    ecs: new ECSClient(common),
    eventBridge: new EventBridgeClient(common),
    fis: new FisClient(common),
    // A rollback's function answers when it is done; what bounds it is the rollback's own time-out. A second call would be a second rollback.
    lambda: new LambdaClient({
      ...place,
      maxAttempts: 1,
      requestHandler: { connectionTimeout: connectionTimeoutMs },
    }),
    lambdaReads: new LambdaClient(common),
    s3: new S3Client(common),
    secretsManager: new SecretsManagerClient(common),
    sfn: new SFNClient(common),
    sns: new SNSClient(common),
    ssm: new SSMClient(common),
    tagging: new ResourceGroupsTaggingAPIClient(common),
  };
}
