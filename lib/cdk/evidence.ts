import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  CfnBucket,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { Place } from '../plan/aws-names.ts';
import type { EnvironmentNames } from '../plan/environment-names.ts';

/**
 * Evidence outlives its stack, whether the stack is deleted or a resource replaced. Only what a failed deployment has just made,
 * and which is therefore empty, goes again: its name would be in the way of the next attempt.
 */
const outlivesItsStack = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

/** What is kept of runs: the table, the bucket of journals with a log of who touched it, and what FIS itself says it did. */
export function createEvidence(scope: Construct, names: EnvironmentNames, place: Place): void {
  createTable(scope, names.table);
  createJournalBucket(scope, names, place);
  // FIS's own word, beside the journals that tell the same from Steadfast's side. It empties itself.
  new LogGroup(scope, 'FisLog', {
    logGroupName: names.fisLogGroup,
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: outlivesItsStack,
  });
}

/** Leases, halts and the index of runs; keys `pk` and `sk`. Encrypted by a key of AWS's, as every table is. */
const createTable = (scope: Construct, tableName: string) =>
  new Table(scope, 'Table', {
    tableName,
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    timeToLiveAttribute: 'expiresAt',
    removalPolicy: outlivesItsStack,
  });

const confidential = {
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: outlivesItsStack,
} as const satisfies BucketProps;

/** Inputs, entries, samples, journals and reports, under `runs/<run id>/`: kept until a person deletes them. */
function createJournalBucket(scope: Construct, names: EnvironmentNames, { account }: Place): void {
  const journals = new Bucket(scope, 'Journals', {
    ...confidential,
    bucketName: names.bucket,
    versioned: true,
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
  const accessLog = createAccessLogBucket(scope);
  accessLog.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AccessToJournals',
      principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [accessLog.arnForObjects('*')],
      conditions: {
        ArnLike: { 'aws:SourceArn': names.bucketArn },
        StringEquals: { 'aws:SourceAccount': account },
      },
    }),
  );
  const resource = journals.node.defaultChild;
  if (!(resource instanceof CfnBucket))
    throw new SteadfastError('internal', 'the bucket of journals has no CloudFormation resource');
  // CDK's own way of saying this sets an ACL, unless the app has a certain feature flag.
  resource.loggingConfiguration = { destinationBucketName: accessLog.bucketName };
  // The permission is there before anything is to be logged.
  if (accessLog.policy !== undefined) journals.node.addDependency(accessLog.policy);
}

/**
 * Who read, wrote or deleted evidence, for as long as a deleted version of it is kept. CloudFormation names it: the bucket of
 * journals uses up the 63 characters of a name. It stays because CloudFormation can't delete a bucket that is not empty.
 */
const createAccessLogBucket = (scope: Construct) =>
  new Bucket(scope, 'AccessLog', {
    ...confidential,
    lifecycleRules: [{ id: 'forget-who-touched-what-is-gone', expiration: Duration.days(365) }],
  });
