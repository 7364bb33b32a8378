import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Instance, InstanceType, type IVpc, LaunchTemplate, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { beforeEach, describe, expect, it } from 'vitest';
import { FaultReady } from '../../../lib/cdk/fault-ready/fault-ready.ts';
import { refusalOf } from './refusal-of.ts';

const environmentTag = { key: 'Env', value: 'staging' };
const pair = { Key: 'Env', Value: 'staging' };
const agent = [{ 'Fn::Join': ['', Match.arrayWith([':iam::aws:policy/AmazonSSMManagedInstanceCore'])] }];
const instanceType = new InstanceType('t3.micro');
const machineImage = MachineImage.genericLinux({ 'eu-west-1': 'ami-1' });

describe('EC2 instances that are made ready for faults', () => {
  let stack: Stack;
  let vpc: IVpc;

  beforeEach(() => {
    const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false });
    stack = new Stack(app, 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
    vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1',
      availabilityZones: ['eu-west-1a'],
      privateSubnetIds: ['subnet-1'],
    });
  });

  const instance = () => new Instance(stack, 'Host', { vpc, instanceType, machineImage });
  const roleOf = () => new Role(stack, 'HostRole', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });

  it('carry the environment tag, their volumes too, and let the SSM agent work', () => {
    FaultReady.ec2(instance(), { environmentTag });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EC2::Instance', {
      Tags: Match.arrayWith([pair]),
      PropagateTagsToVolumeOnCreation: true,
    });
    template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: agent });
  });

  it('let no agent work where no fault runs inside them', () => {
    FaultReady.ec2(instance(), { environmentTag, runsInside: false });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  });

  it('carry the tag from their launch on, of a group', () => {
    FaultReady.ec2(new AutoScalingGroup(stack, 'Group', { vpc, instanceType, machineImage }), {
      environmentTag,
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
      Tags: Match.arrayWith([{ ...pair, PropagateAtLaunch: true }]),
    });
    template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: agent });
  });

  it('carry the tag with their volumes, of a launch template', () => {
    const launch = new LaunchTemplate(stack, 'Launch', { instanceType, machineImage, role: roleOf() });
    FaultReady.ec2(launch, { environmentTag });
    const template = Template.fromStack(stack);
    const tagged = (ResourceType: string) =>
      Match.objectLike({ ResourceType, Tags: Match.arrayWith([pair]) });
    template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { TagSpecifications: Match.arrayWith([tagged('instance'), tagged('volume')]) },
    });
    template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: agent });
  });

  it('are refused without a role, unless no fault runs inside them', () => {
    const launch = new LaunchTemplate(stack, 'Launch', { instanceType, machineImage });
    expect(
      refusalOf(() => {
        FaultReady.ec2(launch, { environmentTag });
      }),
    ).toContain('Shop/Launch: its instances have no role');
    const group = new AutoScalingGroup(stack, 'Group', { vpc, launchTemplate: launch });
    expect(
      refusalOf(() => {
        FaultReady.ec2(group, { environmentTag });
      }),
    ).toContain('Shop/Group: its instances have no role');
    expect(
      refusalOf(() => {
        FaultReady.ec2(group, { environmentTag, runsInside: false });
      }),
    ).toBe('nothing is refused');
  });
});
