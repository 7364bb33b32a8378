import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  Cluster,
  ContainerImage,
  CpuArchitecture,
  Ec2Service,
  Ec2TaskDefinition,
  FargateService,
  type FargateServiceProps,
  FargateTaskDefinition,
  type ICluster,
  LogDriver,
  NetworkMode,
  OperatingSystemFamily,
  PidMode,
  PropagatedTagSource,
} from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { beforeEach, describe, expect, it } from 'vitest';
import { FaultReady } from '../../../lib/cdk/fault-ready/fault-ready.ts';
import { refusalOf } from './refusal-of.ts';

const environmentTag = { key: 'Env', value: 'staging' };
const image = ContainerImage.fromRegistry('shop');
const pair = { Key: 'Env', Value: 'staging' };

describe('an ECS service that is made ready for faults', () => {
  let stack: Stack;
  let cluster: ICluster;
  let definition: FargateTaskDefinition;

  beforeEach(() => {
    const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false });
    stack = new Stack(app, 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1',
      availabilityZones: ['eu-west-1a'],
      privateSubnetIds: ['subnet-1'],
    });
    cluster = Cluster.fromClusterAttributes(stack, 'Cluster', {
      clusterName: 'staging',
      vpc,
      hasEc2Capacity: true,
    });
    definition = fargate();
  });

  const fargate = (id = 'Definition', options = {}) => {
    const made = new FargateTaskDefinition(stack, id, options);
    made.addContainer('shop', { image });
    return made;
  };
  const service = (options: Partial<FargateServiceProps> = {}) =>
    new FargateService(stack, 'Service', { cluster, taskDefinition: definition, ...options });

  it('hands its tags on to its tasks, the environment tag among them', () => {
    FaultReady.ecs(service(), { environmentTag });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ECS::Service', {
      PropagateTags: 'SERVICE',
      Tags: Match.arrayWith([pair]),
    });
    template.hasResourceProperties('AWS::ECS::TaskDefinition', { Tags: Match.arrayWith([pair]) });
  });

  it('goes on handing on the tags of its task definition, where that is how it was made', () => {
    FaultReady.ecs(service({ propagateTags: PropagatedTagSource.TASK_DEFINITION }), { environmentTag });
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::Service', {
      PropagateTags: 'TASK_DEFINITION',
    });
  });

  it('runs tasks whose network may be disturbed, on a platform that Fargate is told', () => {
    FaultReady.ecs(service(), { environmentTag });
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::TaskDefinition', {
      EnableFaultInjection: true,
      PidMode: 'task',
      NetworkMode: 'awsvpc',
      RuntimePlatform: { CpuArchitecture: 'X86_64', OperatingSystemFamily: 'LINUX' },
    });
  });

  it('keeps the platform that it has', () => {
    definition = fargate('Arm', { runtimePlatform: { cpuArchitecture: CpuArchitecture.ARM64 } });
    FaultReady.ecs(service(), { environmentTag });
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::TaskDefinition', {
      RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
    });
  });

  it('has the SSM agent beside the application, which lives on without it', () => {
    FaultReady.ecs(service(), { environmentTag, logging: LogDriver.awsLogs({ streamPrefix: 'faults' }) });
    const role = { Ref: Match.stringLikeRegexp('ManagedInstanceRole') };
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [
        { Name: 'shop', Essential: true },
        {
          Name: 'steadfast-ssm-agent',
          Image: 'public.ecr.aws/amazon-ssm-agent/amazon-ssm-agent:latest',
          Essential: false,
          EntryPoint: ['/bin/sh', '-c'],
          Command: [Match.stringLikeRegexp('amazon-ssm-agent -register')],
          Environment: Match.arrayWith([
            { Name: 'MANAGED_INSTANCE_ROLE_NAME', Value: role },
            { Name: 'ENVIRONMENT_TAG', Value: '{"Key":"Env","Value":"staging"}' },
          ]),
          LogConfiguration: { LogDriver: 'awslogs' },
        },
      ],
    });
  });

  it('runs the image that it is given', () => {
    const pinned = `public.ecr.aws/amazon-ssm-agent/amazon-ssm-agent@sha256:${'0'.repeat(64)}`;
    FaultReady.ecs(service(), { environmentTag, image: ContainerImage.fromRegistry(pinned) });
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: Match.arrayWith([Match.objectLike({ Image: pinned })]),
    });
  });

  it('may register its tasks with the environment tag alone', () => {
    FaultReady.ecs(service(), { environmentTag });
    const ofInstances = (type: string) => ({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:ssm:eu-west-1:111111111111:${type}/*`]],
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp('TaskRole') }],
      PolicyDocument: {
        Statement: [
          {
            Action: 'ssm:CreateActivation',
            Condition: { StringEquals: { 'aws:RequestTag/Env': 'staging' } },
            Effect: 'Allow',
            Resource: '*',
          },
          {
            Action: 'ssm:AddTagsToResource',
            Condition: {
              StringEqualsIfExists: { 'aws:RequestTag/Env': 'staging', 'aws:ResourceTag/Env': 'staging' },
              'ForAllValues:StringEquals': {
                'aws:TagKeys': [
                  'ECS_TASK_ARN',
                  'ECS_TASK_AVAILABILITY_ZONE',
                  'FAULT_INJECTION_SIDECAR',
                  'Env',
                ],
              },
            },
            Effect: 'Allow',
            Resource: [ofInstances('activation'), ofInstances('managed-instance')],
          },
          {
            Action: 'iam:PassRole',
            Condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
            Effect: 'Allow',
            Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('ManagedInstanceRole'), 'Arn'] },
          },
        ],
      },
    });
  });

  it('registers tasks as instances that may take back only what is of the environment', () => {
    FaultReady.ecs(service(), { environmentTag });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Principal: { Service: 'ssm.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } },
          },
        ],
      },
      ManagedPolicyArns: [
        { 'Fn::Join': ['', Match.arrayWith([':iam::aws:policy/AmazonSSMManagedInstanceCore'])] },
      ],
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp('ManagedInstanceRole') }],
      PolicyDocument: {
        Statement: [
          { Action: 'ssm:DeleteActivation', Resource: '*' },
          {
            Action: 'ssm:DeregisterManagedInstance',
            Condition: { StringEquals: { 'ssm:resourceTag/Env': 'staging' } },
          },
        ],
      },
    });
  });

  it('shares a task definition and the role of its instances with other services', () => {
    FaultReady.ecs(service(), { environmentTag });
    FaultReady.ecs(new FargateService(stack, 'Same', { cluster, taskDefinition: definition }), {
      environmentTag,
    });
    const other = fargate('OtherDefinition');
    FaultReady.ecs(new FargateService(stack, 'Other', { cluster, taskDefinition: other }), {
      environmentTag,
    });
    const template = Template.fromStack(stack);
    expect(definition.findContainer('steadfast-ssm-agent')).toBeDefined();
    const ofInstances = template.findResources('AWS::IAM::Role', {
      Properties: { Description: Match.stringLikeRegexp('managed instances') },
    });
    expect(Object.keys(ofInstances)).toHaveLength(1);
  });

  it('takes a role that is given', () => {
    const role = new Role(stack, 'Given', {
      assumedBy: new ServicePrincipal('ssm.amazonaws.com'),
      roleName: 'given',
    });
    FaultReady.ecs(service(), { environmentTag, managedInstanceRole: role });
    const template = Template.fromStack(stack);
    expect(
      template.findResources('AWS::IAM::Role', {
        Properties: { Description: Match.stringLikeRegexp('managed') },
      }),
    ).toEqual({});
  });

  it('runs on EC2 too, where its container says what memory it needs', () => {
    const onEc2 = new Ec2TaskDefinition(stack, 'OnEc2', { networkMode: NetworkMode.HOST });
    onEc2.addContainer('shop', { image, memoryLimitMiB: 256 });
    FaultReady.ecs(new Ec2Service(stack, 'Ec2', { cluster, taskDefinition: onEc2 }), { environmentTag });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      NetworkMode: 'host',
      PidMode: 'task',
      EnableFaultInjection: true,
      RuntimePlatform: Match.absent(),
      ContainerDefinitions: Match.arrayWith([
        Match.objectLike({ Name: 'steadfast-ssm-agent', MemoryReservation: 128 }),
      ]),
    });
    Annotations.fromStack(stack).hasNoError('*', Match.anyValue());
  });

  it('is refused with ECS Exec, by its path and with the way to mend it', () => {
    const exec = service({ enableExecuteCommand: true });
    expect(refusalOf(() => FaultReady.ecs(exec, { environmentTag }))).toBe(
      'Shop/Service: ECS Exec is on, and its SSM agent clashes with that of faults; set enableExecuteCommand to false',
    );
  });

  it('is refused on a bridge network', () => {
    const bridged = new Ec2TaskDefinition(stack, 'Bridged', { networkMode: NetworkMode.BRIDGE });
    expect(refusalOf(() => FaultReady.taskDefinition(bridged, { environmentTag }))).toContain(
      'network mode is bridge',
    );
  });

  it('is refused with the processes of its host', () => {
    const shared = new Ec2TaskDefinition(stack, 'Shared', {
      networkMode: NetworkMode.HOST,
      pidMode: PidMode.HOST,
    });
    expect(refusalOf(() => FaultReady.taskDefinition(shared, { environmentTag }))).toContain(
      'pidMode is host',
    );
  });

  it('is refused on Windows', () => {
    const windows = fargate('Windows', {
      cpu: 1024,
      memoryLimitMiB: 2048,
      runtimePlatform: { operatingSystemFamily: OperatingSystemFamily.WINDOWS_SERVER_2022_CORE },
    });
    expect(refusalOf(() => FaultReady.taskDefinition(windows, { environmentTag }))).toContain(
      'WINDOWS_SERVER_2022_CORE',
    );
  });

  it('is refused in two environments at once', () => {
    FaultReady.taskDefinition(definition, { environmentTag });
    const production = { key: 'Env', value: 'production' };
    expect(refusalOf(() => FaultReady.taskDefinition(definition, { environmentTag: production }))).toContain(
      'another environment',
    );
  });
});
