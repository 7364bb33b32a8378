import { App, CfnResource, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { InstanceType, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  CfnService,
  Cluster,
  ContainerImage,
  FargateService,
  FargateTaskDefinition,
  PropagatedTagSource,
} from 'aws-cdk-lib/aws-ecs';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { FisAction } from '../../../lib/cdk/template/action-props.ts';
import { FisTarget } from '../../../lib/cdk/template/fis-target.ts';
import type { FisExperimentTemplateProps } from '../../../lib/cdk/template/template-props.ts';
import {
  environmentTag,
  fisProperties,
  problemsOf,
  refusalOf,
  stagingStack,
  stopTasks,
  template,
  testApp,
} from './fixture.ts';

/** A template that reboots, fails over or stops one thing, whatever it is given. */
const hitting = (action: FisAction, target: FisTarget): Partial<FisExperimentTemplateProps> => ({
  targets: { it: target },
  actions: { hit: action },
});
const reboot = { action: 'aws:ec2:reboot-instances', target: 'it' } as const;
const stopIt = { ...stopTasks, target: 'it' } as const;

const vpcOf = (stack: Stack) =>
  Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-west-1a'],
    privateSubnetIds: ['subnet-0123456789abcdef0'],
  });

function shopService(stack: Stack, changes: { readonly desiredCount?: number } = { desiredCount: 4 }) {
  const cluster = Cluster.fromClusterAttributes(stack, 'Cluster', {
    clusterName: 'staging',
    vpc: vpcOf(stack),
  });
  const taskDefinition = new FargateTaskDefinition(stack, 'Tasks');
  taskDefinition.addContainer('shop', { image: ContainerImage.fromRegistry('shop') });
  return new FargateService(stack, 'Service', { cluster, taskDefinition, ...changes });
}

const targetIn = (stack: Stack, name = 'it') =>
  new Map(Object.entries(Object(fisProperties(stack)['Targets']))).get(name);

/** What synthesis refuses once the app is whole. */
const synthesisOf = (stack: Stack) => () => App.of(stack)?.synth();

describe('a target by tags', () => {
  it('carries the environment tag, filters, parameters and the zone as FIS has it', () => {
    const stack = stagingStack();
    const target = FisTarget.tagged({
      tags: { Service: 'shop' },
      selection: { count: 2 },
      filters: { 'State.Name': 'running', VpcId: ['vpc-1', 'vpc-2'] },
      availabilityZone: 'eu-west-1a',
    });
    template(hitting(reboot, target), stack);
    expect(targetIn(stack)).toEqual({
      ResourceType: 'aws:ec2:instance',
      ResourceTags: { Service: 'shop', Env: 'staging' },
      SelectionMode: 'COUNT(2)',
      Filters: [
        { Path: 'State.Name', Values: ['running'] },
        { Path: 'VpcId', Values: ['vpc-1', 'vpc-2'] },
        { Path: 'Placement.AvailabilityZone', Values: ['eu-west-1a'] },
      ],
    });
  });

  it('can be narrowed by parameters alone', () => {
    const stack = stagingStack();
    const target = FisTarget.tagged({
      parameters: { cluster: 'staging', service: 'shop' },
      selection: 'one',
    });
    template(hitting(stopIt, target), stack);
    expect(targetIn(stack)).toMatchObject({
      Parameters: { cluster: 'staging', service: 'shop' },
      ResourceTags: { Env: 'staging' },
    });
  });

  const tagged = { tags: { Service: 'shop' }, selection: 'one' } as const;
  it.each<[string, FisTarget, FisAction, string[]]>([
    [
      'nothing that narrows it',
      FisTarget.tagged({ selection: 'one' }),
      reboot,
      ['selects-everything targets.it'],
    ],
    [
      'the environment tag',
      FisTarget.tagged({ tags: { Env: 'production' }, selection: 'one' }),
      reboot,
      ['environment-tag targets.it.tags.Env'],
    ],
    [
      'more tags than a resource has',
      FisTarget.tagged({
        tags: Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`t${n}`, 'x'])),
        selection: 'one',
      }),
      reboot,
      ['too-many-tags targets.it.tags'],
    ],
    [
      'a zone that FIS cannot tell',
      FisTarget.tagged({ ...tagged, availabilityZone: 'eu-west-1a' }),
      {
        action: 'aws:lambda:invocation-error',
        target: 'it',
        parameters: { preventExecution: true },
        duration: '1m',
      },
      ['zone targets.it.availabilityZone'],
    ],
    [
      'no zone where FIS needs one',
      FisTarget.tagged(tagged),
      { action: 'aws:elasticache:replicationgroup-interrupt-az-power', target: 'it', duration: '5m' },
      ['missing targets.it.availabilityZone'],
    ],
    [
      'a parameter that it does not have',
      FisTarget.tagged({ ...tagged, parameters: { clutser: 'staging' } }),
      stopIt,
      ['unknown-key targets.it.parameters.clutser'],
    ],
    [
      'a parameter where it has none',
      FisTarget.tagged({ ...tagged, parameters: { cluster: 'staging' } }),
      reboot,
      ['unknown-key targets.it.parameters.cluster'],
    ],
    [
      'a filter without a value, and one that is too long',
      FisTarget.tagged({ ...tagged, filters: { VpcId: [], 'State.Name': 'x'.repeat(129) } }),
      reboot,
      ['filters targets.it.filters.VpcId', 'too-long targets.it.filters.State.Name'],
    ],
    [
      'a parameter that is too long',
      FisTarget.tagged({ ...tagged, parameters: { cluster: 'x'.repeat(1_025) } }),
      stopIt,
      ['too-long targets.it.parameters.cluster'],
    ],
    [
      'a type that FIS cannot select by tag',
      FisTarget.tagged(tagged),
      {
        action: 'aws:fis:inject-api-throttle-error',
        target: 'it',
        parameters: { service: 'ec2', operations: ['DescribeInstances'] },
        duration: '1m',
      },
      ['not-selectable-by-tag targets.it'],
    ],
  ])('is refused with %s', (_, target, action, problems) => {
    const stack = stagingStack();
    const role = new Role(stack, 'Fis', { assumedBy: new ServicePrincipal('fis.amazonaws.com') });
    expect(problemsOf(() => template({ ...hitting(action, target), role }, stack))).toEqual(problems);
  });

  it('that says its type must be of what the action acts on', () => {
    const target = FisTarget.tagged({ ...tagged, resourceType: 'aws:rds:cluster' });
    const refusal = refusalOf(() => template(hitting(reboot, target)));
    expect(refusal.problems).toMatchObject([
      {
        code: 'wrong-target-type',
        path: ['actions', 'hit', 'target'],
        message: "aws:ec2:reboot-instances acts on aws:ec2:instance, and 'it' is of aws:rds:cluster",
      },
    ]);
  });

  it('cannot be of two types at once', () => {
    const changes = {
      targets: { it: FisTarget.tagged(tagged) },
      actions: { reboot, stop: stopIt },
    };
    expect(problemsOf(() => template(changes))).toEqual(['wrong-target-type actions.stop.target']);
  });

  it('needs a name that FIS takes', () => {
    const changes = {
      targets: { '1st': FisTarget.tagged(tagged) },
      actions: { hit: { ...reboot, target: '1st' } },
    };
    expect(problemsOf(() => template(changes))).toEqual(['bad-name targets.1st']);
  });
});

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

describe('the environment tag of a target by construct', () => {
  const written = (prepare: (stack: Stack, service: FargateService) => void) => {
    const app = testApp();
    const stack = new Stack(app, 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
    const service = shopService(stack);
    template(hitting(stopIt, FisTarget.of(service, { selection: 'all' })), stack);
    prepare(stack, service);
    return synthesisOf(stack);
  };
  const { key, value } = environmentTag;

  it('may come from wherever CDK or CloudFormation set it', () => {
    expect(written((_, service) => Tags.of(service).add(key, value))).not.toThrow();
    expect(written((stack) => stack.tags.setTag(key, value))).not.toThrow();
  });

  it('is asked for once the app is whole, since to name a construct must not move it into the environment', () => {
    expect(written(() => undefined)).toThrow(
      /Shop\/Service does not carry the environment tag Env=staging.*Tags\.of\(\.\.\.\)\.add\('Env', 'staging'\)/,
    );
  });

  it("is not that of another environment, though the stack's is right", () => {
    const prepare = (stack: Stack, service: FargateService) => {
      Tags.of(stack).add(key, value);
      Tags.of(service).add(key, 'production');
    };
    expect(written(prepare)).toThrow(/carries Env=production, and the template is for Env=staging/);
  });

  it('reaches no tasks of a service that is told not to hand its tags on', () => {
    const prepare = (stack: Stack, service: FargateService) => {
      Tags.of(stack).add(key, value);
      if (service.node.defaultChild instanceof CfnService)
        service.node.defaultChild.propagateTags = PropagatedTagSource.TASK_DEFINITION;
    };
    expect(written(prepare)).toThrow(/does not hand its tags to its tasks/);
  });
});

describe('a target by ARN', () => {
  const throttle: FisAction = {
    action: 'aws:fis:inject-api-throttle-error',
    target: 'it',
    parameters: { service: 'ec2', operations: ['DescribeInstances'] },
    duration: '1m',
  };
  const arns = (count: number) =>
    Array.from({ length: count }, (_, n) => `arn:aws:iam::111111111111:role/caller-${n}`);

  it('is a role of the app', () => {
    const stack = stagingStack();
    const role = new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    template({ ...hitting(throttle, FisTarget.of(role, { selection: 'all' })), role }, stack);
    expect(targetIn(stack)).toEqual({
      ResourceType: 'aws:iam:role',
      ResourceArns: [stack.resolve(role.roleArn)],
      SelectionMode: 'ALL',
    });
  });

  it.each<[string, FisTarget, FisAction, string[]]>([
    [
      'six ARNs',
      FisTarget.arns({ resourceType: 'aws:iam:role', arns: arns(6), selection: 'all' }),
      throttle,
      ['too-many-arns targets.it.arns'],
    ],
    [
      'no ARN',
      FisTarget.arns({ resourceType: 'aws:iam:role', arns: [], selection: 'all' }),
      throttle,
      ['arns targets.it.arns'],
    ],
    [
      'a name',
      FisTarget.arns({ resourceType: 'aws:iam:role', arns: ['caller'], selection: 'all' }),
      throttle,
      ['arns targets.it.arns.0'],
    ],
    [
      'a type that FIS selects by tag',
      FisTarget.arns({ resourceType: 'aws:ecs:task', arns: arns(1), selection: 'all' }),
      stopIt,
      ['selectable-by-tag targets.it.arns'],
    ],
    [
      'a type that FIS takes no ARNs of',
      FisTarget.arns({ resourceType: 'aws:s3:bucket', arns: ['arn:aws:s3:::data'], selection: 'all' }),
      {
        action: 'aws:s3:bucket-pause-replication',
        target: 'it',
        parameters: { region: 'eu-central-1' },
        duration: '5m',
      },
      ['selectable-by-tag targets.it.arns', 'arns targets.it.arns'],
    ],
    [
      'tags beside them',
      Object.assign(FisTarget.arns({ resourceType: 'aws:iam:role', arns: arns(1), selection: 'all' }), {
        tags: { Service: 'shop' },
      }),
      throttle,
      ['tags-and-arns targets.it.tags'],
    ],
  ])('is refused with %s', (_, target, action, problems) => {
    const stack = stagingStack();
    const role = new Role(stack, 'Fis', { assumedBy: new ServicePrincipal('fis.amazonaws.com') });
    expect(problemsOf(() => template({ ...hitting(action, target), role }, stack))).toEqual(problems);
  });
});

describe('a target of pods', () => {
  const clusterArn = 'arn:aws:eks:eu-west-1:111111111111:cluster/staging';
  const pods = {
    cluster: clusterArn,
    namespace: 'shop',
    serviceAccount: 'fis',
    selection: 'one',
  } as const;
  const deletePod: FisAction = {
    action: 'aws:eks:pod-delete',
    target: 'it',
    parameters: { grace: '0s' },
  };

  it.each([
    [{ labels: { app: 'shop', tier: 'web' } }, 'labelSelector', 'app=shop,tier=web'],
    [{ deployment: 'shop' }, 'deploymentName', 'shop'],
    [{ pod: 'shop-1' }, 'podName', 'shop-1'],
  ])('finds them by %o', (by, selectorType, selectorValue) => {
    const stack = stagingStack();
    const target = FisTarget.pods({ ...pods, ...by, container: 'web', availabilityZone: 'eu-west-1a' });
    template(hitting(deletePod, target), stack);
    expect(targetIn(stack)).toEqual({
      ResourceType: 'aws:eks:pod',
      SelectionMode: 'COUNT(1)',
      Parameters: {
        clusterIdentifier: clusterArn,
        namespace: 'shop',
        selectorType,
        selectorValue,
        targetContainerName: 'web',
        availabilityZoneIdentifier: 'eu-west-1a',
      },
    });
  });

  it.each([
    ['says nothing of which', {}],
    ['says it in two ways', { deployment: 'shop', pod: 'shop-1' }],
  ])('is refused where it %s', (_, by) => {
    const changes = hitting(deletePod, FisTarget.pods({ ...pods, ...by }));
    expect(problemsOf(() => template(changes))).toEqual(['pods targets.it']);
  });
});
