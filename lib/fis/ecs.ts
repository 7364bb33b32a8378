import * as z from 'zod';
import { fisAction } from './action.ts';
import { duration, percentage } from './quantity.ts';

const source = 'AWS FIS user guide, actions reference (read November 2026)';
const readsOnly = { none: 'a read-only call that IAM cannot limit to a resource' };
const tasks = { key: 'Tasks', resourceType: 'aws:ecs:task' };

export const stopTask = fisAction({
  id: 'aws:ecs:stop-task',
  title: 'Stops ECS tasks',
  target: { ...tasks, maximum: 500 },
  parameters: z.strictObject({}),
  fisParameters: {},
  permissions: [
    { action: 'ecs:DescribeTasks', confinedBy: 'tag' },
    { action: 'ecs:ListTasks', confinedBy: readsOnly },
    { action: 'ecs:StopTask', confinedBy: 'tag' },
    { action: 'tag:GetResources', confinedBy: readsOnly },
  ],
  requires: ['tasks that carry the environment tag (the service propagates its tags)'],
  leavesBehind: 'nothing: the ECS service replaces its tasks, FIS undoes nothing',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'the process is ended with SIGTERM and started again at once; ECS takes seconds to minutes to replace a task',
  },
  source,
});

export const taskNetworkLatency = fisAction({
  id: 'aws:ecs:task-network-latency',
  title: 'Delays what ECS tasks send',
  target: { ...tasks, maximum: 200 },
  parameters: z.strictObject({
    delay: duration()
      .describe('How much later each packet leaves; FIS takes whole milliseconds (200 ms where absent).')
      .optional(),
    jitter: duration().describe('By how much the delay varies either way (10 ms where absent).').optional(),
    to: z
      .array(z.string().min(1))
      .min(1)
      .describe('The services whose traffic is delayed, by logical name; all outgoing traffic where absent.')
      .optional(),
    flows: percentage()
      .describe('The share of network flows that is delayed (100% where absent).')
      .optional(),
  }),
  fisParameters: {
    delay: { name: 'delayMilliseconds', as: 'milliseconds' },
    jitter: { name: 'jitterMilliseconds', as: 'milliseconds' },
    to: { name: 'sources', as: 'hosts' },
    flows: { name: 'flowsPercent', as: 'percent' },
  },
  launchTypeParameters: { fargate: { useEcsFaultInjectionEndpoints: 'true' }, ec2: {} },
  durationParameter: 'duration',
  trafficShareParameter: 'flowsPercent',
  permissions: [
    { action: 'ecs:DescribeTasks', confinedBy: 'tag' },
    { action: 'ecs:DescribeContainerInstances', confinedBy: readsOnly },
    { action: 'ec2:DescribeInstances', confinedBy: readsOnly },
    { action: 'ec2:DescribeSubnets', confinedBy: readsOnly },
    { action: 'ssm:SendCommand', confinedBy: 'managedInstanceTag' },
    { action: 'ssm:ListCommands', confinedBy: readsOnly },
    {
      action: 'ssm:CancelCommand',
      confinedBy: { none: 'IAM knows no resource for it; it can only cancel, never start' },
    },
    { action: 'tag:GetResources', confinedBy: readsOnly },
  ],
  requires: [
    'the SSM agent as a sidecar container, whose managed instance is registered with the environment tag',
    'enableFaultInjection=true and pidMode=task in the task definition',
    'ECS Exec off',
    'network mode awsvpc or host',
  ],
  leavesBehind: 'nothing: the delay is taken away when the action ends or is stopped',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'the link delays what the replica sends over it; TCP handshakes, which FIS delays too, are not delayed',
  },
  source,
});
