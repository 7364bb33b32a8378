import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { FisClient } from '@aws-sdk/client-fis';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { GameDayClients } from './ports.ts';

/** A person waits for the answer: a call that hangs is given up after this long and made again. */
const requestTimeoutMs = 5_000;
const connectionTimeoutMs = 2_000;

/** The clients of the functions that people press buttons of: no more than they ask, since each takes its time to load. */
export function createGameDayClients(): GameDayClients {
  const config = {
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
  };
  return {
    dynamo: DynamoDBDocumentClient.from(new DynamoDBClient(config), {
      marshallOptions: { removeUndefinedValues: true },
    }),
    eventBridge: new EventBridgeClient(config),
    fis: new FisClient(config),
    s3: new S3Client(config),
    sfn: new SFNClient(config),
    sns: new SNSClient(config),
  };
}
