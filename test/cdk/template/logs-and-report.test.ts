import { Duration, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Alarm, AlarmRule, AlarmState, CompositeAlarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { errorAlarm, fisProperties, problemsOf, stagingStack, template } from './fixture.ts';

const written = (stack: Stack) => Template.fromStack(stack);
const rolePolicies = (stack: Stack): string =>
  JSON.stringify([
    written(stack).findResources('AWS::IAM::Role'),
    written(stack).findResources('AWS::IAM::Policy'),
  ]);

const refTo = (pattern: RegExp): unknown => expect.stringMatching(pattern);

describe('the logs of a template', () => {
  it('go to a log group, in the case that CloudFormation wants', () => {
    const stack = stagingStack();
    const logGroup = LogGroup.fromLogGroupName(stack, 'Log', '/aws/vendedlogs/fis');
    template({ logs: { logGroup } }, stack);
    expect(fisProperties(stack)['LogConfiguration']).toEqual({
      LogSchemaVersion: 2,
      CloudWatchLogsConfiguration: {
        LogGroupArn: {
          'Fn::Join': [
            '',
            [
              'arn:',
              { Ref: 'AWS::Partition' },
              ':logs:eu-west-1:111111111111:log-group:/aws/vendedlogs/fis:*',
            ],
          ],
        },
      },
    });
    written(stack).hasResourceProperties('AWS::IAM::Role', {
      Policies: [
        {
          PolicyDocument: {
            Statement: Match.arrayWith([
              Match.objectLike({
                Sid: 'Log',
                Action: [
                  'logs:CreateLogDelivery',
                  'logs:DescribeLogGroups',
                  'logs:DescribeResourcePolicies',
                  'logs:PutResourcePolicy',
                ],
              }),
            ]),
          },
        },
      ],
    });
  });

  it('can use the key of the log group', () => {
    const stack = stagingStack();
    const logGroupKey = new Key(stack, 'Key');
    const logGroup = new LogGroup(stack, 'Log', { encryptionKey: logGroupKey });
    template({ logs: { logGroup, logGroupKey } }, stack);
    written(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
            Action: Match.arrayWith(['kms:Decrypt', 'kms:GenerateDataKey*']),
            Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': Match.anyValue() } },
          }),
        ]),
      },
    });
  });

  it('go to a bucket that lets them in, and its key', () => {
    const stack = stagingStack();
    const bucket = new Bucket(stack, 'Logs', { encryption: BucketEncryption.KMS });
    template({ logs: { bucket, prefix: 'fis' } }, stack);
    expect(fisProperties(stack)['LogConfiguration']).toEqual({
      LogSchemaVersion: 2,
      S3Configuration: { BucketName: { Ref: refTo(/^Logs/) }, Prefix: 'fis' },
    });
    const delivery = { Service: 'delivery.logs.amazonaws.com' };
    written(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Action: 's3:GetBucketAcl', Principal: delivery }),
          Match.objectLike({
            Action: 's3:PutObject',
            Principal: delivery,
            Resource: {
              'Fn::Join': ['', [Match.anyValue(), '/fis/AWSLogs/111111111111/*']],
            },
            Condition: Match.objectLike({
              StringEquals: {
                'aws:SourceAccount': '111111111111',
                's3:x-amz-acl': 'bucket-owner-full-control',
              },
            }),
          }),
        ],
      },
    });
    written(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: delivery })]) },
    });
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('delivery.logs'));
  });

  it('warn where the bucket is not of this app, whose policy it cannot change', () => {
    const stack = stagingStack();
    template({ logs: { bucket: Bucket.fromBucketName(stack, 'Logs', 'logs') } }, stack);
    Annotations.fromStack(stack).hasWarning(
      '/Shop/Template',
      Match.stringLikeRegexp('its policy must let delivery.logs.amazonaws.com'),
    );
  });

  it.each([
    ['go nowhere', {}, ['no-destination logs']],
    ['have a prefix of nothing', { prefix: 'fis' }, ['no-destination logs', 'no-destination logs.prefix']],
  ])('are refused where they %s', (_, logs, problems) => {
    expect(problemsOf(() => template({ logs }))).toEqual(problems);
  });

  it('are refused where a key is that of no log group', () => {
    const stack = stagingStack();
    const logs = { bucket: new Bucket(stack, 'Logs'), logGroupKey: new Key(stack, 'Key') };
    expect(problemsOf(() => template({ logs }, stack))).toEqual(['no-destination logs.logGroupKey']);
  });

  it('are granted to a role that is given', () => {
    const stack = stagingStack();
    const role = new Role(stack, 'Given', { assumedBy: new ServicePrincipal('fis.amazonaws.com') });
    template({ role, logs: { logGroup: new LogGroup(stack, 'Log') } }, stack);
    written(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [Match.objectLike({ Sid: 'Log' })] },
    });
  });
});

describe('the report of a template', () => {
  it('goes to a bucket whose key the role may use, and draws a dashboard', () => {
    const stack = stagingStack();
    const bucket = new Bucket(stack, 'Reports', { encryption: BucketEncryption.KMS });
    const dashboard = new Dashboard(stack, 'Dashboard');
    template(
      { report: { bucket, prefix: 'fis', dashboard, before: '10m', after: Duration.hours(1) } },
      stack,
    );
    expect(fisProperties(stack)['ExperimentReportConfiguration']).toMatchObject({
      Outputs: { ExperimentReportS3Configuration: { Prefix: 'fis' } },
      DataSources: { CloudWatchDashboards: [{ DashboardIdentifier: {} }] },
      PreExperimentDuration: 'PT10M',
      PostExperimentDuration: 'PT1H',
    });
    for (const call of ['s3:GetObject', 's3:PutObject', 'cloudwatch:GetDashboard', 'kms:GenerateDataKey'])
      expect(rolePolicies(stack)).toContain(`"${call}"`);
  });

  it('asks for nothing but the bucket', () => {
    const stack = stagingStack();
    template({ report: { bucket: new Bucket(stack, 'Reports') } }, stack);
    expect(fisProperties(stack)['ExperimentReportConfiguration']).toEqual({
      Outputs: {
        ExperimentReportS3Configuration: { BucketName: { Ref: refTo(/^Reports/) } },
      },
    });
    expect(rolePolicies(stack)).not.toContain('cloudwatch:');
  });

  it.each([
    ['more before it than FIS shows', { before: '31m' } as const, ['report-length report.before']],
    ['more after it than FIS shows', { after: '121m' } as const, ['report-length report.after']],
    ['parts of seconds', { before: '1500ms' } as const, ['report-length report.before']],
  ])('is refused with %s', (_, around, problems) => {
    const stack = stagingStack();
    const report = { bucket: new Bucket(stack, 'Reports'), ...around };
    expect(problemsOf(() => template({ report }, stack))).toEqual(problems);
  });
});

describe('what ends an experiment', () => {
  it('is at most five alarms', () => {
    const stack = stagingStack();
    const alarms = Array.from({ length: 6 }, (_, n) => errorAlarm(stack, `Alarm${n}`));
    expect(problemsOf(() => template({ stopConditions: alarms }, stack))).toEqual([
      'too-many-stop-conditions stopConditions',
    ]);
  });

  it('is no composite alarm, and no alarm of elsewhere', () => {
    const stack = stagingStack();
    const composite = new CompositeAlarm(stack, 'Both', {
      alarmRule: AlarmRule.fromAlarm(errorAlarm(stack), AlarmState.ALARM),
    });
    const arn = 'arn:aws:cloudwatch:us-east-1:111111111111:alarm:far';
    const stopConditions = [composite, Alarm.fromAlarmArn(stack, 'Far', arn)];
    expect(problemsOf(() => template({ stopConditions }, stack))).toEqual([
      'composite-alarm stopConditions.0',
      'foreign-alarm stopConditions.1',
    ]);
  });
});

describe('changes of the state of experiments', () => {
  it('are told of one template, and of the states that are asked for', () => {
    const stack = stagingStack();
    const target = new SnsTopic(new Topic(stack, 'Topic'));
    template({}, stack).onStateChange('Ended', {
      to: ['stopped', 'failed'],
      target,
      ruleName: 'ended',
      description: 'an experiment ended before its time',
      eventPattern: { region: ['eu-west-1'], detail: { 'old-state': { status: ['running'] } } },
    });
    written(stack).hasResourceProperties('AWS::Events::Rule', {
      Name: 'ended',
      Description: 'an experiment ended before its time',
      EventPattern: {
        source: ['aws.fis'],
        'detail-type': ['FIS Experiment State Change'],
        region: ['eu-west-1'],
        detail: {
          'experiment-template-id': [{ Ref: Match.stringLikeRegexp('^Template') }],
          'new-state': { status: ['stopped', 'failed'] },
          'old-state': { status: ['running'] },
        },
      },
      Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('^Topic') } })],
    });
  });

  it('are told of all states where none is asked for', () => {
    const stack = stagingStack();
    template({}, stack).onStateChange('Any');
    written(stack).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { detail: { 'new-state': Match.absent() } },
    });
  });
});
