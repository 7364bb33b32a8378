import * as z from 'zod';
import { fisAction } from './action.ts';
import { byAgent, byCall } from './evidence.ts';
import {
  anyDuration,
  noParameters,
  oneOf,
  percentIn,
  servicesAsHosts,
  text,
  wholeNumber,
} from './parameter.ts';
import { findsByTag, lists, reads, tagged } from './permission.ts';
import { installDependencies, inTheNetwork, runsScripts, withSidecar } from './scripts-in-tasks.ts';
import { noStandIn, oneMinuteMs, userGuide } from './source.ts';

const tasks = { key: 'Tasks', resourceType: 'aws:ecs:task' } as const;
const inTasks = { ...tasks, maximum: 200 };
const asMilliseconds = 'milliseconds' as const;

/** On Fargate the network actions go through ECS's own fault injection endpoints; on EC2 they need not. */
const endpointsOnFargate = { fargate: { useEcsFaultInjectionEndpoints: 'true' }, ec2: {} };
const notInParallel = "FIS cannot run two of ECS's network actions on a task at once";

/** What the network actions that name hosts have in common. */
const someTraffic = {
  to: servicesAsHosts({
    what: 'The services whose traffic is hit, by logical name.',
    fallback: 'all outgoing traffic',
  }).optional(),
  flows: percentIn({
    what: 'The share of network flows that is hit; needs ECS agent 1.100.0 or later.',
    least: '0%',
    fallback: '100%',
  }).optional(),
};
const asSomeTraffic = {
  to: { name: 'sources', as: 'hosts' },
  flows: { name: 'flowsPercent', as: 'percent' },
} as const;
const someTrafficPermissions = [
  lists('ecs:DescribeContainerInstances'),
  reads('ec2:DescribeInstances'),
  reads('ec2:DescribeSubnets'),
];

const drainContainerInstances = fisAction({
  id: 'aws:ecs:drain-container-instances',
  title: 'Drains a share of the EC2 hosts of ECS clusters',
  target: { key: 'Clusters', resourceType: 'aws:ecs:cluster', maximum: 100 },
  parameters: z.strictObject({
    hosts: percentIn({ what: 'The share of the hosts that is drained.', least: '1%' }),
  }),
  fisParameters: { hosts: { name: 'drainagePercentage', as: 'percent' } },
  example: { hosts: '50%' },
  durationParameter: 'duration',
  leastDurationMs: oneMinuteMs,
  permissions: [
    tagged('ecs:DescribeClusters'),
    tagged('ecs:UpdateContainerInstancesState'),
    tagged('ecs:ListContainerInstances'),
    findsByTag,
  ],
  requires: ['clusters of EC2 hosts; the cluster and its container instances carry the environment tag'],
  leavesBehind:
    "hosts that may still be DRAINING: FIS's guide does not say whether it sets them back to ACTIVE",
  evidence: byCall('container instances whose status is DRAINING'),
  price: 'by the minute',
  rehearsal: noStandIn,
  source: userGuide,
});

const stopTask = fisAction({
  id: 'aws:ecs:stop-task',
  title: 'Stops ECS tasks',
  target: { ...tasks, maximum: 500 },
  parameters: noParameters(),
  fisParameters: {},
  example: {},
  permissions: [tagged('ecs:DescribeTasks'), lists('ecs:ListTasks'), tagged('ecs:StopTask'), findsByTag],
  requires: ['tasks that carry the environment tag (the service propagates its tags)'],
  prerequisites: ['propagated-tags'],
  leavesBehind: 'nothing: the ECS service replaces its tasks, FIS undoes nothing',
  evidence: byCall('the tasks that were targeted have stopped, as ECS says', 'tasks-stopped'),
  price: 'at once',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'the process is ended with SIGTERM and started again at once; ECS takes seconds to minutes to replace a task',
  },
  source: userGuide,
});

const taskCpuStress = fisAction({
  id: 'aws:ecs:task-cpu-stress',
  title: 'Loads the CPU inside ECS tasks',
  target: inTasks,
  parameters: z
    .strictObject({
      load: percentIn({ what: 'How busy each worker is.', least: '0%', fallback: '100%' }).optional(),
      workers: wholeNumber({
        what: 'How many CPUs are loaded; 0 loads all.',
        least: 0,
        fallback: '0',
      }).optional(),
      installDependencies: installDependencies('stress-ng'),
    })
    .optional(),
  fisParameters: {
    load: { name: 'percent', as: 'percent' },
    workers: { name: 'workers', as: 'integer' },
    installDependencies: { name: 'installDependencies', as: 'capitalBoolean' },
  },
  example: { load: '80%' },
  durationParameter: 'duration',
  permissions: runsScripts(),
  ...withSidecar,
  leavesBehind: 'nothing: the stressor ends with the action or when it is stopped',
  evidence: byAgent("the service's CPU utilization"),
  price: 'by the minute',
  rehearsal: noStandIn,
  source: userGuide,
});

const taskIoStress = fisAction({
  id: 'aws:ecs:task-io-stress',
  title: 'Loads the disk inside ECS tasks',
  target: inTasks,
  parameters: z
    .strictObject({
      space: percentIn({
        what: 'The share of the free file system space that is written.',
        least: '0%',
        fallback: '80%',
      }).optional(),
      workers: wholeNumber({
        what: 'How many write and read at once.',
        least: 1,
        fallback: '1',
      }).optional(),
      installDependencies: installDependencies('stress-ng'),
    })
    .optional(),
  fisParameters: {
    space: { name: 'percent', as: 'percent' },
    workers: { name: 'workers', as: 'integer' },
    installDependencies: { name: 'installDependencies', as: 'capitalBoolean' },
  },
  example: { space: '50%', workers: 2 },
  durationParameter: 'duration',
  permissions: runsScripts(),
  ...withSidecar,
  leavesBehind: 'nothing: the stressor ends with the action or when it is stopped',
  evidence: byAgent("reads and writes of the tasks' storage"),
  price: 'by the minute',
  rehearsal: noStandIn,
  source: userGuide,
});

const taskKillProcess = fisAction({
  id: 'aws:ecs:task-kill-process',
  title: 'Kills a process inside ECS tasks',
  target: inTasks,
  parameters: z.strictObject({
    process: text({ what: "The process's name." }),
    signal: oneOf(['SIGTERM', 'SIGKILL'], {
      what: 'The signal it is sent.',
      fallback: 'SIGTERM',
    }).optional(),
    installDependencies: installDependencies('killall'),
  }),
  fisParameters: {
    process: { name: 'processName', as: 'text' },
    signal: { name: 'signal', as: 'text' },
    installDependencies: { name: 'installDependencies', as: 'capitalBoolean' },
  },
  example: { process: 'nginx', signal: 'SIGKILL' },
  permissions: runsScripts(),
  requires: [...withSidecar.requires, 'pidMode=task in the task definition'],
  prerequisites: [...withSidecar.prerequisites, 'shared-pid-mode'],
  leavesBehind: 'the process stays dead unless something in the task starts it again; FIS undoes nothing',
  evidence: byAgent('the process is gone from the tasks, or has a new id there'),
  price: 'at once',
  rehearsal: noStandIn,
  source: userGuide,
});

const taskNetworkBlackholePort = fisAction({
  id: 'aws:ecs:task-network-blackhole-port',
  title: 'Drops the traffic of one port in ECS tasks',
  target: inTasks,
  parameters: z.strictObject({
    port: wholeNumber({ what: 'The port.', least: 1, most: 65_535 }),
    direction: oneOf(['ingress', 'egress'], { what: 'Whether what comes in or what goes out is dropped.' }),
    protocol: oneOf(['tcp', 'udp'], { what: 'The protocol.', fallback: 'tcp' }).optional(),
    installDependencies: installDependencies('atd, curl-minimal, dig, jq'),
  }),
  fisParameters: {
    port: { name: 'port', as: 'integer' },
    direction: { name: 'trafficType', as: 'text' },
    protocol: { name: 'protocol', as: 'text' },
    installDependencies: { name: 'installDependencies', as: 'capitalBoolean' },
  },
  launchTypeParameters: endpointsOnFargate,
  example: { port: 5432, direction: 'egress' },
  durationParameter: 'duration',
  permissions: runsScripts(),
  ...inTheNetwork,
  limits: [notInParallel],
  leavesBehind: 'nothing: the traffic flows again when the action ends or is stopped',
  evidence: byAgent("the service's refused connections"),
  price: 'by the minute',
  rehearsal: noStandIn,
  source: userGuide,
});

const taskNetworkLatency = fisAction({
  id: 'aws:ecs:task-network-latency',
  title: 'Delays what ECS tasks send',
  target: inTasks,
  parameters: z
    .strictObject({
      delay: anyDuration({
        what: 'How much later each packet leaves, in whole milliseconds.',
        fallback: '200ms',
      }).optional(),
      jitter: anyDuration({ what: 'By how much the delay varies either way.', fallback: '10ms' }).optional(),
      ...someTraffic,
      installDependencies: installDependencies('atd, curl-minimal, dig, jq, lsof'),
    })
    .optional(),
  fisParameters: {
    delay: { name: 'delayMilliseconds', as: asMilliseconds },
    jitter: { name: 'jitterMilliseconds', as: asMilliseconds },
    ...asSomeTraffic,
    installDependencies: { name: 'installDependencies', as: 'capitalBoolean' },
  },
  launchTypeParameters: endpointsOnFargate,
  example: { delay: '500ms', to: ['database'] },
  durationParameter: 'duration',
  trafficShareParameter: 'flowsPercent',
  permissions: runsScripts(someTrafficPermissions),
  ...inTheNetwork,
  limits: [notInParallel, 'IPv6 traffic is not hit'],
  leavesBehind: 'nothing: the delay is taken away when the action ends or is stopped',
  evidence: byAgent('the latency of the link'),
  price: 'by the minute',
  rehearsal: {
    fidelity: 'approximate',
    differs:
      'the link delays what the replica sends over it; TCP handshakes, which FIS delays too, are not delayed',
  },
  source: userGuide,
});

const taskNetworkPacketLoss = fisAction({
  id: 'aws:ecs:task-network-packet-loss',
  title: 'Loses a share of the packets that ECS tasks send',
  target: inTasks,
  parameters: z
    .strictObject({
      loss: percentIn({ what: 'The share of packets that is lost.', least: '0%', fallback: '7%' }).optional(),
      ...someTraffic,
      installDependencies: installDependencies('atd, curl-minimal, dig, jq, lsof'),
    })
    .optional(),
  fisParameters: {
    loss: { name: 'lossPercent', as: 'percent' },
    ...asSomeTraffic,
    installDependencies: { name: 'installDependencies', as: 'capitalBoolean' },
  },
  launchTypeParameters: endpointsOnFargate,
  example: { loss: '15%', to: ['database'] },
  durationParameter: 'duration',
  trafficShareParameter: 'flowsPercent',
  permissions: runsScripts(someTrafficPermissions),
  ...inTheNetwork,
  limits: [notInParallel, 'IPv6 traffic is not hit'],
  leavesBehind: 'nothing: packets are no longer lost when the action ends or is stopped',
  evidence: byAgent('TCP retransmissions and the latency of the link'),
  price: 'by the minute',
  rehearsal: noStandIn,
  source: userGuide,
});

export const ecsActions = [
  drainContainerInstances,
  stopTask,
  taskCpuStress,
  taskIoStress,
  taskKillProcess,
  taskNetworkBlackholePort,
  taskNetworkLatency,
  taskNetworkPacketLoss,
] as const;
