import * as z from 'zod';
import { fisAction } from './action.ts';
import { byAgent } from './evidence.ts';
import { blackHoleInLab, latencyInLab, packetLossInLab } from './network-in-a-lab.ts';
import { anyDuration, oneOf, percentIn, servicesAsHosts, wholeNumber } from './parameter.ts';
import { lists, reads } from './permission.ts';
import { installDependencies, inTheNetwork, runsScripts } from './scripts-in-tasks.ts';
import { userGuide } from './source.ts';

const inTasks = { key: 'Tasks', resourceType: 'aws:ecs:task', maximum: 200 } as const;
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
  rehearsal: blackHoleInLab,
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
  rehearsal: latencyInLab,
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
  rehearsal: packetLossInLab,
  source: userGuide,
});

export const ecsNetworkActions = [
  taskNetworkBlackholePort,
  taskNetworkLatency,
  taskNetworkPacketLoss,
] as const;
