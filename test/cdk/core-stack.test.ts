import { Match } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EnvironmentDefinition } from '../../lib/experiment/environment.ts';
import { staging } from '../plan/examples.ts';
import { assertable, type CloudFormation, synthesize, synthesizeStacks } from './synthesis.ts';

const stackName = 'steadfast-staging-core';
const stat = { namespace: 'Shop', statistic: 'Sum' } as const;
const environment = {
  ...staging,
  metrics: {
    ...staging.metrics,
    errorShare: {
      expression: '100 * FILL(errors, 0) / requests',
      metrics: { errors: { ...stat, name: 'Errors' }, requests: { ...stat, name: 'Requests' } },
      period: '30s' as const,
    },
  },
  guards: {
    ...staging.guards,
    share: { metric: 'errorShare', below: 1, for: '45s' as const },
    existing: { alarm: 'orders-fall' },
  },
  notify: { emails: ['team-shop@example.com'] },
};

const productionGuards = { shopErrors: { metric: 'errorRate', above: 1, for: '2m' } } as const;

/** A dashboard's body, which CloudFormation joins, with something in it. */
const bodyWith = (text: string) =>
  Match.objectLike({ 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(text)])] });

describe('what runs share', () => {
  let stacks: ReadonlyMap<string, CloudFormation>;

  beforeAll(() => {
    stacks = synthesize({ experiments: [], environments: [environment] });
  });

  it('is a table that outlives its stack, restores to any second, and forgets what has expired', () => {
    assertable(stacks, stackName).hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        TableName: 'steadfast-staging',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      },
    });
  });

  it('is a bucket of journals that is versioned, encrypted, private, and outlives its stack', () => {
    const template = assertable(stacks, stackName);
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        BucketName: 'steadfast-staging-111111111111',
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: Match.anyValue(),
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
        LifecycleConfiguration: {
          Rules: [Match.objectLike({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } })],
        },
      },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  it('is a log of whoever touches the journals, in a bucket that forgets after a year', () => {
    const template = assertable(stacks, stackName);
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketName: 'steadfast-staging-111111111111',
      LoggingConfiguration: { DestinationBucketName: { Ref: Match.stringLikeRegexp('^AccessLog') } },
    });
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        BucketName: Match.absent(),
        LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 365 })] },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: { Ref: Match.stringLikeRegexp('^AccessLog') },
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 's3:PutObject',
            Principal: { Service: 'logging.s3.amazonaws.com' },
            Condition: {
              ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::steadfast-staging-111111111111' },
              StringEquals: { 'aws:SourceAccount': '111111111111' },
            },
          }),
        ]),
      },
    });
  });

  it('is protected from deletion where customers are, and nowhere else', () => {
    const production = { ...staging, id: 'production', production: true, guards: productionGuards };
    const protectedOf = (one: EnvironmentDefinition) =>
      [...synthesizeStacks({ experiments: [], environments: [one] })]
        .filter(([, { isProtected }]) => isProtected)
        .map(([name]) => name);
    expect(protectedOf(production)).toEqual(['steadfast-production-core']);
    expect(protectedOf(environment)).toEqual([]);
  });

  it('is an encrypted topic that tells whom the environment names', () => {
    const template = assertable(stacks, stackName);
    template.hasResourceProperties('AWS::SNS::Topic', {
      TopicName: 'steadfast-staging',
      KmsMasterKeyId: Match.anyValue(),
    });
    template.hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Delete',
      Properties: { EnableKeyRotation: true },
    });
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'team-shop@example.com',
    });
  });

  it('is an alarm for each guard by metric, which without data is neither well nor in alarm', () => {
    const template = assertable(stacks, stackName);
    template.resourceCountIs('AWS::CloudWatch::Alarm', 2);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'steadfast-staging-shopErrors',
      Namespace: 'Shop',
      MetricName: 'ErrorRate',
      Statistic: 'Average',
      Period: 60,
      EvaluationPeriods: 2,
      Threshold: 20,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'missing',
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'steadfast-staging-share',
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 2,
      Metrics: Match.arrayWith([Match.objectLike({ Expression: '100 * FILL(errors, 0) / requests' })]),
    });
  });

  it('is a dashboard, a log for FIS, and parameters that other apps read', () => {
    const template = assertable(stacks, stackName);
    template.hasResourceProperties('AWS::CloudWatch::Dashboard', {
      DashboardName: 'steadfast-staging',
      DashboardBody: bodyWith(
        'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:steadfast-runner-staging-failed',
      ),
    });
    template.hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { LogGroupName: '/aws/vendedlogs/steadfast/staging/fis', RetentionInDays: 90 },
    });
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Name: '/steadfast/staging/bucket',
      Value: 'steadfast-staging-111111111111',
    });
  });
});
