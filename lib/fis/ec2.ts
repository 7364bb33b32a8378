import * as z from 'zod';
import { fisAction } from './action.ts';
import { byCall, byCalls } from './evidence.ts';
import { durationIn, noParameters, percentIn, texts, yesOrNo } from './parameter.ts';
import { forDeclaredTargets, reads, tagged } from './permission.ts';
import { oneMinuteMs, userGuide } from './source.ts';

const instances = { key: 'Instances', resourceType: 'aws:ec2:instance' } as const;
const instancesNeed = ['instances that carry the environment tag (Auto Scaling groups propagate it)'];

const zones = texts({ what: 'The Availability Zones that have no capacity, by name or id.' });
const calls = percentIn({
  what: 'The share of calls that fails.',
  least: '1%',
  fallback: '100%',
}).optional();
const ofCapacity = {
  fisParameters: {
    zones: { name: 'availabilityZoneIdentifiers', as: 'list' },
    calls: { name: 'percentage', as: 'percent' },
  },
  durationParameter: 'duration',
  trafficShareParameter: 'percentage',
  assumedParameters: { percentage: '100' },
  leavesBehind: 'nothing: calls have capacity again when the action ends or is stopped',
  price: 'by the minute',
  source: userGuide,
} as const;
const injectApiError = (targets: string) =>
  forDeclaredTargets('ec2:InjectApiError', 'ec2:FisTargetArns', targets);

const apiInsufficientInstanceCapacityError = fisAction({
  ...ofCapacity,
  id: 'aws:ec2:api-insufficient-instance-capacity-error',
  title: 'Lets calls of IAM roles that launch instances fail for want of capacity',
  target: { key: 'Roles', resourceType: 'aws:iam:role' },
  parameters: z.strictObject({ zones, calls }),
  example: { zones: ['euw1-az1'] },
  permissions: [injectApiError('iam:role/*')],
  requires: ['roles that the environment declares'],
  limits: [
    'hits RunInstances, CreateCapacityReservation, StartInstances and CreateFleet',
    'not requests that span several zones',
  ],
  evidence: byCalls('InsufficientInstanceCapacity in CloudTrail'),
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'a service has one role, and what is refused are the launches of its replicas in place of those that were terminated, each drawn once; an API that is asked again may answer otherwise',
  },
});

const asgInsufficientInstanceCapacityError = fisAction({
  ...ofCapacity,
  id: 'aws:ec2:asg-insufficient-instance-capacity-error',
  title: 'Lets launches of Auto Scaling groups fail for want of capacity',
  target: { key: 'AutoScalingGroups', resourceType: 'aws:ec2:autoscaling-group', maximum: 500 },
  parameters: z.strictObject({ zones, calls }),
  example: { zones: ['euw1-az1'] },
  permissions: [
    injectApiError('autoscaling:autoScalingGroup:*'),
    reads('autoscaling:DescribeAutoScalingGroups'),
  ],
  requires: [
    'groups that use launch templates and carry the environment tag, and that the environment declares',
  ],
  evidence: byCalls('failed scaling activities of the group'),
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'a service is one group, and what is refused are the launches of its replicas in place of those that were terminated; a group tries again and again, and may launch in another zone',
  },
});

const rebootInstances = fisAction({
  id: 'aws:ec2:reboot-instances',
  title: 'Reboots EC2 instances',
  target: { ...instances, maximum: 600 },
  parameters: noParameters(),
  fisParameters: {},
  example: {},
  permissions: [tagged('ec2:RebootInstances'), reads('ec2:DescribeInstances')],
  requires: instancesNeed,
  leavesBehind: 'nothing: instances boot by themselves, FIS undoes nothing',
  evidence: byCall('failed status checks of the instances'),
  price: 'at once',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'the process is ended with SIGTERM and started again at once; an instance takes a minute or more to boot',
  },
  source: userGuide,
});

const sendSpotInstanceInterruptions = fisAction({
  id: 'aws:ec2:send-spot-instance-interruptions',
  title: 'Interrupts EC2 Spot Instances, two minutes after their notice',
  target: { key: 'SpotInstances', resourceType: 'aws:ec2:spot-instance', maximum: 100 },
  parameters: z.strictObject({
    interruptAfter: durationIn({
      what: 'When the instances are interrupted; the notice comes two minutes earlier, a recommendation to rebalance at once.',
      least: '2m',
      most: '15m',
    }),
  }),
  fisParameters: {
    interruptAfter: { name: 'durationBeforeInterruption', as: 'isoDuration', isPaced: true },
  },
  example: { interruptAfter: '2m' },
  permissions: [tagged('ec2:SendSpotInstanceInterruptions'), reads('ec2:DescribeInstances')],
  requires: ['Spot Instances that carry the environment tag'],
  leavesBehind: 'instances that are terminated or stopped; FIS does not start them again',
  evidence: byCall("the notice in the instances' metadata and in EventBridge"),
  price: 'at once',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'the replica is ended with SIGTERM when the time is over, and another is launched at once; nothing tells it beforehand, and stopping the experiment calls it off, which AWS cannot',
  },
  source: userGuide,
});

const stopInstances = fisAction({
  id: 'aws:ec2:stop-instances',
  title: 'Stops EC2 instances, and starts them again when the stage is over',
  target: { ...instances, maximum: 400 },
  parameters: z
    .strictObject({
      completeIfTerminated: yesOrNo({
        what: 'Whether instances that something terminates meanwhile, as an Auto Scaling group does, are fine.',
        fallback: 'false',
      }).optional(),
    })
    .optional(),
  fisParameters: { completeIfTerminated: { name: 'completeIfInstancesTerminated', as: 'boolean' } },
  example: { completeIfTerminated: true },
  // FIS would leave instances stopped without it; a fault must not outlive its run.
  durationParameter: 'startInstancesAfterDuration',
  leastDurationMs: oneMinuteMs,
  permissions: [
    tagged('ec2:StopInstances'),
    tagged('ec2:StartInstances'),
    reads('ec2:DescribeInstances'),
    {
      ...tagged('kms:CreateGrant', 'kms:key/*'),
      when: 'to start instances with encrypted volumes',
      // As AWS's own policy for these actions has it: any other grant would hand the key to somebody else.
      only: {
        conditions: {
          Bool: { 'kms:GrantIsForAWSResource': 'true' },
          StringLike: { 'kms:ViaService': 'ec2.*.amazonaws.com*' },
        },
        words: "for EC2's own use of the key",
      },
    },
  ],
  requires: [...instancesNeed, "keys of encrypted volumes that carry it too, where they are customers'"],
  leavesBehind: 'nothing: FIS starts the instances again, also when it is stopped early',
  evidence: byCall('instances in the state stopped', 'instances-stopped'),
  price: 'by the minute',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'the process is ended with SIGTERM, and the same is started again afterwards; an instance takes a minute or more to stop and to boot, and an Auto Scaling group may replace it meanwhile',
  },
  source: userGuide,
});

const terminateInstances = fisAction({
  id: 'aws:ec2:terminate-instances',
  title: 'Terminates EC2 instances for good',
  target: { ...instances, maximum: 300 },
  parameters: noParameters(),
  fisParameters: {},
  example: {},
  permissions: [tagged('ec2:TerminateInstances'), reads('ec2:DescribeInstances')],
  requires: instancesNeed,
  leavesBehind: 'terminated instances, which only an Auto Scaling group replaces; FIS undoes nothing',
  evidence: byCall('instances that are shutting down', 'instances-terminated'),
  price: 'at once',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'the process is ended with SIGTERM and another is launched at once in its place, on the same port; an Auto Scaling group takes minutes',
  },
  source: userGuide,
});

export const ec2Actions = [
  apiInsufficientInstanceCapacityError,
  asgInsufficientInstanceCapacityError,
  rebootInstances,
  sendSpotInstanceInterruptions,
  stopInstances,
  terminateInstances,
] as const;
