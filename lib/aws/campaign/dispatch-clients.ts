import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** The clients that a dispatcher needs, and no others. */
export interface DispatchClients {
  readonly dynamo: DynamoDBDocumentClient;
  readonly s3: S3Client;
  readonly sfn: SFNClient;
  readonly sns: SNSClient;
  /** Of another Region too: a bus is told in its own. */
  readonly eventBridgeIn: (region: string) => EventBridgeClient;
}

/** Each step has some seconds; a call that hangs is given up and made again. */
export function createDispatchClients(): DispatchClients {
  const requestHandler = { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true };
  const common = { maxAttempts: 4, requestHandler };
  const eventBridges = new Map<string, EventBridgeClient>();
  return {
    dynamo: DynamoDBDocumentClient.from(new DynamoDBClient(common), {
      marshallOptions: { removeUndefinedValues: true },
    }),
    s3: new S3Client(common),
    sfn: new SFNClient(common),
    sns: new SNSClient(common),
    eventBridgeIn: (region) => {
      // Whoever cannot be told now is told again by the next step.
      const soon = {
        ...common,
        maxAttempts: 2,
        requestHandler: { ...requestHandler, requestTimeout: 5_000 },
      };
      const known = eventBridges.get(region) ?? new EventBridgeClient({ ...soon, region });
      eventBridges.set(region, known);
      return known;
    },
  };
}
