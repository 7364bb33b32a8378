import * as z from 'zod';
import { fisAction } from './action.ts';
import { byPod } from './evidence.ts';
import { blackHoleInLab, latencyInLab, packetLossInLab } from './network-in-a-lab.ts';
import { asOfFisPod, ofFisPod, onPods, whileItLasts } from './on-pods.ts';
import { anyDuration, oneOf, percentIn, servicesAsHosts, texts, wholeNumber } from './parameter.ts';

const onNetwork = {
  ...onPods,
  ...whileItLasts,
  requires: [...onPods.requires, 'the privileged security level, and root in the ephemeral container'],
};
const limitsOfNetwork = ['not on EKS Fargate', 'not in bridge network mode'];

const interfaces = texts({
  what: 'The network interfaces; ALL or DEFAULT.',
  fallback: 'DEFAULT',
}).optional();
const someTraffic = {
  to: servicesAsHosts({
    what: 'The services whose traffic is hit, by logical name.',
    fallback: 'all outgoing traffic',
  }).optional(),
  flows: percentIn({
    what: 'The share of network flows that is hit.',
    least: '0%',
    fallback: '100%',
  }).optional(),
  interfaces,
};
const asSomeTraffic = {
  to: { name: 'sources', as: 'hosts' },
  flows: { name: 'flowsPercent', as: 'percent' },
  interfaces: { name: 'interface', as: 'list' },
} as const;

const podNetworkBlackholePort = fisAction({
  ...onNetwork,
  id: 'aws:eks:pod-network-blackhole-port',
  title: 'Drops the traffic of one port in EKS pods',
  parameters: z.strictObject({
    port: wholeNumber({ what: 'The port.', least: 1, most: 65_535 }),
    direction: oneOf(['ingress', 'egress'], { what: 'Whether what comes in or what goes out is dropped.' }),
    protocol: oneOf(['tcp', 'udp'], { what: 'The protocol.' }),
    ...ofFisPod,
  }),
  fisParameters: {
    port: { name: 'port', as: 'integer' },
    direction: { name: 'trafficType', as: 'text' },
    protocol: { name: 'protocol', as: 'text' },
    ...asOfFisPod,
  },
  example: { port: 5432, direction: 'egress', protocol: 'tcp' },
  limits: [...limitsOfNetwork, 'not beside another action on the same pod and direction of traffic'],
  rehearsal: blackHoleInLab,
  evidence: byPod('refused connections of the pods'),
});

const podNetworkLatency = fisAction({
  ...onNetwork,
  id: 'aws:eks:pod-network-latency',
  title: 'Delays what EKS pods send',
  parameters: z
    .strictObject({
      delay: anyDuration({
        what: 'How much later each packet leaves, in whole milliseconds.',
        fallback: '200ms',
      }).optional(),
      jitter: anyDuration({ what: 'By how much the delay varies either way.', fallback: '10ms' }).optional(),
      ...someTraffic,
      ...ofFisPod,
    })
    .optional(),
  fisParameters: {
    delay: { name: 'delayMilliseconds', as: 'milliseconds' },
    jitter: { name: 'jitterMilliseconds', as: 'milliseconds' },
    ...asSomeTraffic,
    ...asOfFisPod,
  },
  example: { delay: '500ms', to: ['database'] },
  trafficShareParameter: 'flowsPercent',
  limits: [...limitsOfNetwork, 'not beside packet loss on the same pod', 'IPv6 traffic is not hit'],
  rehearsal: latencyInLab,
  evidence: byPod('the latency of the link'),
});

const podNetworkPacketLoss = fisAction({
  ...onNetwork,
  id: 'aws:eks:pod-network-packet-loss',
  title: 'Loses a share of the packets that EKS pods send',
  parameters: z
    .strictObject({
      loss: percentIn({ what: 'The share of packets that is lost.', least: '0%', fallback: '7%' }).optional(),
      ...someTraffic,
      ...ofFisPod,
    })
    .optional(),
  fisParameters: { loss: { name: 'lossPercent', as: 'percent' }, ...asSomeTraffic, ...asOfFisPod },
  example: { loss: '15%', to: ['database'] },
  trafficShareParameter: 'flowsPercent',
  limits: [...limitsOfNetwork, 'not beside latency on the same pod', 'IPv6 traffic is not hit'],
  rehearsal: packetLossInLab,
  evidence: byPod('TCP retransmissions and the latency of the link'),
});

export const eksPodNetworkActions = [
  podNetworkBlackholePort,
  podNetworkLatency,
  podNetworkPacketLoss,
] as const;
