import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { FisClient } from '@aws-sdk/client-fis';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { ClientPlace } from '../client-place.ts';
import { asking } from './aws-problem.ts';

/** One client of each AWS service that the command's words need. */
export interface CommandClients {
  readonly dynamo: DynamoDBDocumentClient;
  readonly fis: FisClient;
  readonly logs: CloudWatchLogsClient;
  readonly s3: S3Client;
  readonly scheduler: SchedulerClient;
  readonly sfn: SFNClient;
  readonly ssm: SSMClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
}

/** Whose credentials the command has. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** What the command reaches of AWS. */
export interface Connection {
  readonly region: string;
  readonly clients: CommandClients;
  /** For further clients: `createAwsClients(place)`. */
  readonly place: ClientPlace;
  readonly caller: () => Promise<Caller>;
}

/** What was asked for on the command line; the SDK's default chain tells the rest. */
export interface ConnectionChoice {
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
}

/** A person waits: a call that hangs is given up and tried again after this long. */
const requestTimeoutMs = 10_000;
const connectionTimeoutMs = 3_000;

/**
 * Connects as AWS users expect: credentials of the profile that is named, else of the SDK's default chain; the Region that is named, else
 * AWS_REGION, else the profile's.
 *
 * @throws SteadfastError `cannot-begin` where no Region is known
 */
export async function connect({ profile, region: wanted }: ConnectionChoice): Promise<Connection> {
  const common = {
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
  };
  const sts = new STSClient({
    ...common,
    ...(profile === undefined ? {} : { profile }),
    ...(wanted === undefined ? {} : { region: wanted }),
  });
  const region = await regionOf(sts);
  // The oldest client knows no profiles: all take the credentials that the first one finds.
  const place = { region, credentials: sts.config.credentials };
  const config = { ...common, ...place };
  return {
    region,
    place,
    clients: {
      dynamo: DynamoDBDocumentClient.from(new DynamoDBClient(config), {
        marshallOptions: { removeUndefinedValues: true },
      }),
      fis: new FisClient(config),
      logs: new CloudWatchLogsClient(config),
      s3: new S3Client(config),
      scheduler: new SchedulerClient(config),
      sfn: new SFNClient(config),
      ssm: new SSMClient(config),
      tagging: new ResourceGroupsTaggingAPIClient(config),
    },
    caller: async () => {
      const { Account, Arn } = await asking({ action: 'sts:GetCallerIdentity' }, () =>
        sts.send(new GetCallerIdentityCommand({})),
      );
      if (Account === undefined || Arn === undefined)
        throw new SteadfastError('internal', 'AWS did not say whose the credentials are');
      return { account: Account, arn: Arn };
    },
  };
}

async function regionOf(sts: STSClient): Promise<string> {
  try {
    return await sts.config.region();
  } catch (cause) {
    throw new SteadfastError('cannot-begin', 'no AWS Region is known', {
      hint: 'name one with --region or AWS_REGION, or give the profile one: aws configure set region <region>',
      cause,
    });
  }
}
