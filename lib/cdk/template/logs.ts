import { Annotations, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Problem } from '../../experiment/steadfast-error.ts';
import type { LogConfiguration } from './cfn-template.ts';
import type { FisLogs } from './template-props.ts';

/** FIS's current form of log entries (user guide, "Log schema"). */
export const logSchemaVersion = 2;

/**
 * What sets up the delivery of logs; IAM knows no resource for these calls (CloudWatch Logs user guide, "Enable logging from AWS
 * services"; FIS user guide, "Experiment logging").
 */
const delivery = ['logs:CreateLogDelivery'];
const deliveryToLogGroup = [
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:PutResourcePolicy',
];

/** What is wrong with where logs are to go. */
export function logProblems({ logGroup, logGroupKey, bucket, prefix }: FisLogs): Problem[] {
  const problems: Problem[] = [];
  if (logGroup === undefined && bucket === undefined) {
    problems.push({
      code: 'no-destination',
      path: ['logs'],
      message: 'names neither a log group nor a bucket',
      hint: 'name one, or remove logs',
    });
  }
  if (logGroup === undefined && logGroupKey !== undefined) {
    problems.push({
      code: 'no-destination',
      path: ['logs', 'logGroupKey'],
      message: 'is the key of no log group',
      hint: 'name the log group, too',
    });
  }
  if (bucket === undefined && prefix !== undefined) {
    problems.push({
      code: 'no-destination',
      path: ['logs', 'prefix'],
      message: 'is the prefix of no bucket',
      hint: 'name the bucket, too',
    });
  }
  return problems;
}

/** The statements that FIS's role needs to write logs. */
export function logStatements({ logGroup, bucket }: FisLogs): PolicyStatement[] {
  return [
    new PolicyStatement({
      sid: 'Log',
      actions: [...delivery, ...(logGroup === undefined ? [] : deliveryToLogGroup)],
      resources: ['*'],
    }),
    ...(bucket === undefined
      ? []
      : [
          new PolicyStatement({
            sid: 'LogToBucket',
            actions: ['s3:GetBucketPolicy'],
            resources: [bucket.bucketArn],
          }),
        ]),
  ];
}

/** Where FIS writes logs. The keys stand in CloudFormation's own case, since CDK hands them on as they are. */
export const logConfigurationOf = ({ logGroup, bucket, prefix }: FisLogs): LogConfiguration => ({
  logSchemaVersion,
  ...(logGroup === undefined ? {} : { cloudWatchLogsConfiguration: { LogGroupArn: logGroup.logGroupArn } }),
  ...(bucket === undefined
    ? {}
    : {
        s3Configuration: {
          BucketName: bucket.bucketName,
          ...(prefix === undefined ? {} : { Prefix: prefix }),
        },
      }),
});

/** Lets the services that deliver logs write to the bucket, and use the keys of bucket and log group. */
export function admitLogDelivery(scope: Construct, { logGroup, logGroupKey, bucket, prefix }: FisLogs): void {
  const stack = Stack.of(scope);
  const logs = stack.formatArn({ service: 'logs', resource: '*' });
  if (logGroup !== undefined && logGroupKey !== undefined) {
    logGroupKey.grant(
      new ServicePrincipal(`logs.${stack.region}.amazonaws.com`, {
        conditions: {
          // Not this log group alone: the group names the key, and a key that named the group would close a circle.
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': stack.formatArn({
              service: 'logs',
              resource: 'log-group:*',
            }),
          },
        },
      }),
      ...['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey*', 'ReEncrypt*'].map((call) => `kms:${call}`),
    );
  }
  if (bucket === undefined) return;
  const ofThisAccount = {
    StringEquals: { 'aws:SourceAccount': stack.account },
    ArnLike: { 'aws:SourceArn': logs },
  };
  const folder = prefix === undefined ? '' : `${prefix}/`;
  const [checks, writes] = [
    new PolicyStatement({
      sid: 'AWSLogDeliveryAclCheck',
      principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['s3:GetBucketAcl'],
      resources: [bucket.bucketArn],
      conditions: ofThisAccount,
    }),
    new PolicyStatement({
      sid: 'AWSLogDeliveryWrite',
      principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects(`${folder}AWSLogs/${stack.account}/*`)],
      conditions: {
        ...ofThisAccount,
        StringEquals: {
          ...ofThisAccount.StringEquals,
          's3:x-amz-acl': 'bucket-owner-full-control',
        },
      },
    }),
  ].map((statement) => bucket.addToResourcePolicy(statement));
  if (checks?.statementAdded !== true || writes?.statementAdded !== true) {
    Annotations.of(scope).addWarningV2(
      'steadfast:log-bucket-policy',
      `the bucket of ${scope.node.path}'s logs is not made in this app: its policy must let delivery.logs.amazonaws.com call s3:GetBucketAcl and s3:PutObject, or FIS fails to start`,
    );
  }
  bucket.encryptionKey?.grant(
    new ServicePrincipal('delivery.logs.amazonaws.com', { conditions: ofThisAccount }),
    'kms:Decrypt',
    'kms:GenerateDataKey*',
  );
}
