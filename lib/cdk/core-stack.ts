import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { alarmsOf } from '../plan/alarms.ts';
import { createDashboard } from './dashboard.ts';
import type { DeployedEnvironment } from './deployed-environment.ts';
import { createGuardAlarms } from './guard-alarms.ts';
import type { EnvironmentNames } from './names.ts';
import { createNotificationTopic } from './notification-topic.ts';

/**
 * What every run of an environment shares: the table of leases and runs, the bucket of journals, the topic of verdicts, the
 * guards' alarms, and a dashboard. Table and bucket outlive the stack: they hold the evidence.
 */
export class CoreStack extends Stack {
  constructor(scope: Construct, id: string, { target, parsed, names, place }: DeployedEnvironment) {
    super(scope, id, {
      env: place,
      stackName: id,
      description: `Steadfast: what runs in ${target.id} share`,
    });
    createTable(this, names.table);
    createJournalBucket(this, names.bucket);
    createNotificationTopic(this, { name: names.topic, place, emails: parsed.notify?.emails ?? [] });
    new LogGroup(this, 'FisLog', {
      logGroupName: names.fisLogGroup,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const alarms = createGuardAlarms(this, alarmsOf(target));
    createDashboard(this, { names, target, alarms });
    createParameters(this, names);
  }
}

/** Leases, halts and the index of runs; keys `pk` and `sk`. */
const createTable = (scope: Construct, tableName: string) =>
  new Table(scope, 'Table', {
    tableName,
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    timeToLiveAttribute: 'expiresAt',
    removalPolicy: RemovalPolicy.RETAIN,
  });

/** Inputs, entries, samples, journals and reports, under `runs/<run id>/`. */
const createJournalBucket = (scope: Construct, bucketName: string) =>
  new Bucket(scope, 'Journals', {
    bucketName,
    versioned: true,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [
      {
        id: 'keep-what-is-read-rarely-cheaply',
        transitions: [{ storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(90) }],
        noncurrentVersionExpiration: Duration.days(365),
        // Samples are uploaded in parts; what a dying function left unfinished would be paid for unseen.
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      },
    ],
  });

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
