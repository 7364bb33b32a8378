import { CfnResource, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { InstanceType, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnService } from 'aws-cdk-lib/aws-ecs';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { FisAction } from '../../../../lib/cdk/template/action-props.ts';
import { FisTarget } from '../../../../lib/cdk/template/fis-target.ts';
import { problemsOf, refusalOf, stagingStack, template } from '../fixture.ts';

import { hitting, reboot, shopService, stopIt, synthesisOf, targetIn, vpcOf } from './target-fixture.ts';

describe('a target by construct', () => {
  it('finds exactly the tasks of a service, by a tag that the service hands to them', () => {
    const stack = stagingStack();
    const service = shopService(stack);
    template(hitting(stopIt, FisTarget.of(service, { selection: '50%' })), stack);
    const identity: unknown = expect.stringMatching(/^Shop-Service/);
    expect(targetIn(stack)).toEqual({
      ResourceType: 'aws:ecs:task',
      ResourceTags: { 'steadfast:target': identity, Env: 'staging' },
      SelectionMode: 'PERCENT(50)',
    });
    const { node } = service;
    expect(node.defaultChild).toMatchObject({ propagateTags: 'SERVICE' });
    expect(synthesisOf(stack)).not.toThrow();
  });

  it('is the same at every synthesis, whatever else hits the construct', () => {
    const written = (others: number) => {
      const stack = stagingStack();
      const service = shopService(stack);
      for (let other = 0; other < others; other += 1)
        template(hitting(stopIt, FisTarget.of(service, { selection: 'one' })), stack, `Other${other}`);
      template(hitting(stopIt, FisTarget.of(service, { selection: 'one' })), stack);
      const resource = service.node.defaultChild;
      if (!(resource instanceof CfnService)) throw new Error('the service has no resource');
      return resource.tags.tagValues();
    };
    expect(written(2)).toEqual(written(0));
  });

  it('knows how many tasks there are at least', () => {
    const stack = stagingStack();
    const service = shopService(stack);
    const refusal = refusalOf(() =>
      template(hitting(stopIt, FisTarget.of(service, { selection: '20%' })), stack),
    );
    expect(refusal.message).toContain(
      [
        '  targets.it.selection: 20% of fewer than 5 resources is less than one: FIS rounds it down to nothing and fails, and only 4 are sure to match',
        "    say atLeast: 5, or more, where there are always so many, or select 'one'",
      ].join('\n'),
    );
  });

  it('does not guess how many there are', () => {
    const stack = stagingStack();
    const service = shopService(stack, {});
    const changes = hitting(stopIt, FisTarget.of(service, { selection: '50%' }));
    expect(problemsOf(() => template(changes, stack))).toEqual(['rounds-to-nothing targets.it.selection']);
  });

  it('is several constructs by a tag that they share', () => {
    const stack = stagingStack();
    const { privateSubnets } = new Vpc(stack, 'Vpc', { maxAzs: 2 });
    const cut: FisAction = {
      action: 'aws:network:disrupt-connectivity',
      target: 'it',
      parameters: { scope: 'availability-zone' },
      duration: '2m',
    };
    template(hitting(cut, FisTarget.of(privateSubnets, { selection: '50%' })), stack);
    const { ResourceTags } = z
      .looseObject({ ResourceTags: z.record(z.string(), z.string()) })
      .parse(targetIn(stack));
    const [key = ''] = Object.keys(ResourceTags);
    expect(ResourceTags).toEqual({ [key]: 'member', Env: 'staging' });
    expect(key).toMatch(/^steadfast:target-[0-9a-f]{8}$/);
    const subnets = Object.values(Template.fromStack(stack).findResources('AWS::EC2::Subnet'));
    const isMember = subnets.map((subnet) => JSON.stringify(subnet).includes(key));
    expect(isMember.filter(Boolean)).toHaveLength(privateSubnets.length);
  });

  it('is an Auto Scaling group or its instances, as the actions ask', () => {
    const stack = stagingStack();
    const group = new AutoScalingGroup(stack, 'Group', {
      vpc: vpcOf(stack),
      instanceType: new InstanceType('t3.micro'),
      machineImage: MachineImage.latestAmazonLinux2023(),
      minCapacity: 2,
    });
    template(hitting(reboot, FisTarget.of(group, { selection: '50%' })), stack);
    expect(targetIn(stack)).toMatchObject({ ResourceType: 'aws:ec2:instance', SelectionMode: 'PERCENT(50)' });
  });

  it.each([
    [
      'a Lambda function',
      'aws:lambda:function',
      (stack: Stack) =>
        new LambdaFunction(stack, 'It', {
          runtime: Runtime.NODEJS_22_X,
          handler: 'index.handler',
          code: Code.fromInline('x'),
        }),
      {
        action: 'aws:lambda:invocation-error',
        target: 'it',
        parameters: { preventExecution: true },
        duration: '1m',
      },
    ],
    [
      'a global table, whose construct holds the tags',
      'aws:dynamodb:global-table',
      (stack: Stack) =>
        new TableV2(stack, 'It', { partitionKey: { name: 'id', type: AttributeType.STRING } }),
      { action: 'aws:dynamodb:global-table-pause-replication', target: 'it', duration: '5m' },
    ],
    [
      'a bucket',
      'aws:s3:bucket',
      (stack: Stack) => new Bucket(stack, 'It'),
      {
        action: 'aws:s3:bucket-pause-replication',
        target: 'it',
        parameters: { region: 'eu-central-1' },
        duration: '5m',
      },
    ],
  ] satisfies [string, string, (stack: Stack) => Construct, FisAction][])(
    'is %s',
    (_, type, make, action) => {
      const stack = stagingStack();
      const role = new Role(stack, 'Fis', { assumedBy: new ServicePrincipal('fis.amazonaws.com') });
      template({ ...hitting(action, FisTarget.of(make(stack), { selection: 'all' })), role }, stack);
      expect(targetIn(stack)).toMatchObject({ ResourceType: type, ResourceTags: { Env: 'staging' } });
      expect(synthesisOf(stack)).not.toThrow();
    },
  );

  it('is a resource of the first layer, with its zone', () => {
    const stack = stagingStack();
    const cache = new CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'cache' });
    const action: FisAction = {
      action: 'aws:elasticache:replicationgroup-interrupt-az-power',
      target: 'it',
      duration: '5m',
    };
    template(
      hitting(action, FisTarget.of(cache, { selection: 'all', availabilityZone: 'eu-west-1a' })),
      stack,
    );
    expect(targetIn(stack)).toMatchObject({ Parameters: { availabilityZoneIdentifier: 'eu-west-1a' } });
  });

  it('is found inside a construct that holds it', () => {
    const stack = stagingStack();
    const holder = new Construct(stack, 'Holder');
    new Bucket(holder, 'Data');
    // Something else that FIS can hit, but not by this action.
    new Role(holder, 'Writer', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const action: FisAction = {
      action: 'aws:s3:bucket-pause-replication',
      target: 'it',
      parameters: { region: 'eu-central-1' },
      duration: '5m',
    };
    template(hitting(action, FisTarget.of(holder, { selection: 'all' })), stack);
    new Bucket(holder, 'More');
    const changes = hitting(action, FisTarget.of(holder, { selection: 'all' }));
    expect(refusalOf(() => template(changes, stack, 'Second')).problems).toMatchObject([
      { hint: 'name the one that is meant: Shop/Holder/Data/Resource, Shop/Holder/More/Resource' },
    ]);
  });

  it.each([
    ['is none', () => []],
    ['was made elsewhere', (stack: Stack) => Bucket.fromBucketName(stack, 'Other', 'other')],
    ['takes no tags', (stack: Stack) => new CfnResource(stack, 'Untagged', { type: 'AWS::S3::Bucket' })],
    [
      'is in another Region',
      () => new Bucket(stagingStack('Far', { account: '111111111111', region: 'us-east-1' }), 'It'),
    ],
    [
      'is in another account',
      () => new Bucket(stagingStack('Far', { account: '222222222222', region: 'eu-west-1' }), 'It'),
    ],
  ])('is refused where it %s', (_, make) => {
    const stack = stagingStack();
    const action: FisAction = {
      action: 'aws:s3:bucket-pause-replication',
      target: 'it',
      parameters: { region: 'eu-central-1' },
      duration: '5m',
    };
    const changes = hitting(action, FisTarget.of(make(stack), { selection: 'all' }));
    expect(problemsOf(() => template(changes, stack)).map((problem) => problem.replace(/^\S+ /, ''))).toEqual(
      ['targets.it'],
    );
  });

  it('is refused where it is of another type than the action hits', () => {
    const stack = stagingStack();
    const changes = hitting(stopIt, FisTarget.of(new Bucket(stack, 'Data'), { selection: 'all' }));
    const [problem] = refusalOf(() => template(changes, stack)).problems;
    expect(problem).toMatchObject({
      code: 'wrong-target-type',
      message: 'Shop/Data/Resource is an AWS::S3::Bucket, which is no aws:ecs:task',
    });
  });
});
