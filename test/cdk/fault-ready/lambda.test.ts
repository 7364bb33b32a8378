import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  Code,
  type FunctionProps,
  FunctionUrlAuthType,
  Handler,
  InvokeMode,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { FaultConfigurationBucket } from '../../../lib/cdk/fault-ready/fault-configuration-bucket.ts';
import { FaultReady } from '../../../lib/cdk/fault-ready/fault-ready.ts';
import { refusalOf } from './refusal-of.ts';

const environmentTag = { key: 'Env', value: 'staging' };
const bucketArn = { 'Fn::GetAtt': [Match.stringLikeRegexp('FaultsBucket'), 'Arn'] };
const below = (suffix: string) => ({ 'Fn::Join': ['', [bucketArn, suffix]] });

describe('a Lambda function that is made ready for faults', () => {
  let app: App;
  let stack: Stack;
  let configuration: FaultConfigurationBucket;

  beforeEach(() => {
    app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false });
    stack = new Stack(app, 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
    configuration = new FaultConfigurationBucket(stack, 'Faults', { prefix: 'staging' });
  });

  const fn = (options: Partial<FunctionProps> = {}) =>
    new LambdaFunction(stack, 'Fn', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = () => {};'),
      ...options,
    });

  it("has FIS's extension, is told where faults are, and carries the environment tag", () => {
    FaultReady.lambda(fn(), { environmentTag, configuration });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          AWS_LAMBDA_EXEC_WRAPPER: '/opt/aws-fis/bootstrap',
          AWS_FIS_CONFIGURATION_LOCATION: below('/staging/'),
          AWS_FIS_POLL_MAX_WAIT_MILLISECONDS: '2000',
        },
      },
      Layers: [{ Ref: Match.stringLikeRegexp('AWSFISextensionx8664') }],
      Tags: [{ Key: 'Env', Value: 'staging' }],
    });
  });

  it.each([
    ['x86_64', Architecture.X86_64],
    ['arm64', Architecture.ARM_64],
  ])('has the extension of its architecture, %s', (name, architecture) => {
    FaultReady.lambda(fn({ architecture }), { environmentTag, configuration });
    Template.fromStack(stack).hasParameter('*', {
      Type: 'AWS::SSM::Parameter::Value<String>',
      Default: `/aws/service/fis/lambda-extension/AWS-FIS-extension-${name}/1.x.x`,
    });
  });

  it('has the version of the extension that it is given, and waits as long as it is told', () => {
    const extensionArn = 'arn:aws:lambda:eu-west-1:222222222222:layer:aws-fis-extension:7';
    FaultReady.lambda(fn(), { environmentTag, configuration, extensionArn, pollWait: Duration.millis(0) });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Layers: [extensionArn],
      Environment: { Variables: { AWS_FIS_POLL_MAX_WAIT_MILLISECONDS: '0' } },
    });
  });

  it('may read its configuration, and nothing else of the bucket', () => {
    FaultReady.lambda(fn(), { environmentTag, configuration });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: 's3:ListBucket',
            Resource: bucketArn,
            Condition: { StringLike: { 's3:prefix': ['staging/*'] } },
            Effect: 'Allow',
          },
          { Action: 's3:GetObject', Resource: below('/staging/*'), Effect: 'Allow' },
        ],
      },
    });
  });

  it('may read a bucket that a key of ours encrypts', () => {
    const key = new Key(stack, 'Key');
    const bucket = new Bucket(stack, 'FaultsBucket', { encryptionKey: key });
    FaultReady.lambda(fn(), { environmentTag, configuration: { bucket, prefix: 'staging' } });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'kms:Decrypt' })]) },
    });
  });

  it.each([
    [
      'a container image',
      () => ({
        runtime: Runtime.FROM_IMAGE,
        handler: Handler.FROM_IMAGE,
        code: Code.fromEcrImage(Repository.fromRepositoryName(stack, 'Images', 'shop')),
      }),
      'container image',
    ],
    [
      'an OS-only runtime',
      () => ({
        runtime: Runtime.PROVIDED_AL2023,
        handler: 'bootstrap',
        code: Code.fromBucket(Bucket.fromBucketName(stack, 'Code', 'code'), 'shop.zip'),
      }),
      'provided.al2023',
    ],
    [
      "another extension's wrapper",
      () => ({ environment: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-handler' } }),
      '/opt/otel-handler',
    ],
  ])('is refused with %s, by its path', (_, options, said) => {
    const refusal = refusalOf(() => {
      FaultReady.lambda(fn(options()), { environmentTag, configuration });
    });
    expect(refusal).toMatch(/^Shop\/Fn: .+; .+/);
    expect(refusal).toContain(said);
  });

  it.each(['', '/staging', 'staging/'])("is refused with the prefix '%s', which is no folder", (prefix) => {
    const { bucket } = configuration;
    const refusal = refusalOf(() => {
      FaultReady.lambda(fn(), { environmentTag, configuration: { bucket, prefix } });
    });
    expect(refusal).toContain('is no folder');
  });

  it('is refused at synthesis when it is given another wrapper later', () => {
    const prepared = fn();
    FaultReady.lambda(prepared, { environmentTag, configuration });
    prepared.addEnvironment('AWS_LAMBDA_EXEC_WRAPPER', '/opt/otel-handler');
    expect(() => app.synth()).toThrow(/Shop\/Fn.*AWS_LAMBDA_EXEC_WRAPPER is \/opt\/otel-handler/);
  });

  it('is refused at synthesis when its URL streams responses', () => {
    const prepared = fn();
    FaultReady.lambda(prepared, { environmentTag, configuration });
    prepared.addFunctionUrl({
      authType: FunctionUrlAuthType.AWS_IAM,
      invokeMode: InvokeMode.RESPONSE_STREAM,
    });
    expect(() => app.synth()).toThrow(/Shop\/Fn.*streams responses/);
  });

  it('passes at synthesis with a URL that does not stream', () => {
    const prepared = fn();
    FaultReady.lambda(prepared, { environmentTag, configuration });
    prepared.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
    expect(() => app.synth()).not.toThrow();
  });

  it('finds its faults in a bucket that is closed, encrypted, and empties itself', () => {
    const template = Template.fromStack(stack);
    template.hasResource('AWS::S3::Bucket', {
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
        LifecycleConfiguration: { Rules: [{ ExpirationInDays: 1, Status: 'Enabled' }] },
      },
      DeletionPolicy: 'Delete',
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      },
    });
  });

  it('finds its faults where an environment declares them, in a bucket that has a name', () => {
    const named = new FaultConfigurationBucket(stack, 'Named', {
      bucketName: 'faults-111111111111',
      prefix: 'staging',
    });
    FaultReady.lambda(fn(), { environmentTag, configuration: named });
    const template = Template.fromStack(stack);
    const location: unknown = stack.resolve(named.location);
    template.hasResourceProperties('AWS::S3::Bucket', { BucketName: 'faults-111111111111' });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { AWS_FIS_CONFIGURATION_LOCATION: location } },
    });
  });

  it("lets a role of FIS leave faults below the environment's prefix", () => {
    const role = new Role(stack, 'FisRole', { assumedBy: new ServicePrincipal('fis.amazonaws.com') });
    configuration.grantFaults(role);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          { Action: ['s3:PutObject', 's3:DeleteObject'], Resource: below('/staging/*'), Effect: 'Allow' },
        ],
      },
    });
  });
});
