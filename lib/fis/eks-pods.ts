import * as z from 'zod';
import { fisAction } from './action.ts';
import { byPod } from './evidence.ts';
import {
  anyDuration,
  durationIn,
  nameOf,
  oneOf,
  percentIn,
  servicesAsHosts,
  text,
  texts,
  wholeNumber,
} from './parameter.ts';
import { findsByTag, onDeclared, reads } from './permission.ts';
import { noStandIn, userGuide } from './source.ts';

const pods = { key: 'Pods', resourceType: 'aws:eks:pod', maximum: 1_000 } as const;

/** How FIS makes the pod of its own that carries an action out. */
const ofFisPod = {
  image: nameOf({
    what: "The container image of FIS's own pod, by logical name.",
    fallback: "Amazon's",
  }).optional(),
  errors: percentIn({
    what: 'The share of targets that may fail before the action counts as failed.',
    least: '0%',
    fallback: '0%',
  }).optional(),
  podLabels: text({ what: "Labels of FIS's own pod." }).optional(),
  podAnnotations: text({ what: "Annotations of FIS's own pod." }).optional(),
};
const asOfFisPod = {
  image: { name: 'fisPodContainerImage', as: 'text', names: 'image' },
  errors: { name: 'maxErrorsPercent', as: 'percent' },
  podLabels: { name: 'fisPodLabels', as: 'text' },
  podAnnotations: { name: 'fisPodAnnotations', as: 'text' },
} as const;
const podSecurity = oneOf(['privileged', 'baseline', 'restricted'], {
  what: "The Kubernetes security standard of FIS's own pod.",
}).optional();
const asPodSecurity = { podSecurity: { name: 'fisPodSecurityPolicy', as: 'text' } } as const;

/** What all actions on pods have in common. */
const onPods = {
  target: pods,
  podParameters: { kubernetesServiceAccount: 'serviceAccount' } as const,
  permissions: [
    onDeclared('eks:DescribeCluster', 'eks:cluster/*', 'the cluster'),
    reads('ec2:DescribeSubnets'),
    findsByTag,
  ],
  kubernetes: [
    'configmaps: get, create, patch, delete',
    'pods: create, list, get, delete, deletecollection',
    'pods/ephemeralcontainers: update',
    'pods/exec: create',
    'deployments: get',
  ],
  requires: [
    'pods that the environment declares, by cluster, namespace and label',
    'EKS 1.23 or later, with nodes that are not all tainted',
    "a service account and its role in the namespace, and FIS's role mapped to a Kubernetes user",
    'readOnlyRootFilesystem=false in the security context of the pods',
  ],
  rehearsal: noStandIn,
  source: userGuide,
};
const whileItLasts = {
  durationParameter: 'duration',
  leavesBehind: 'nothing: FIS takes its own pod and container away when the action ends, fails or is stopped',
  price: 'by the minute',
} as const;
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

const podCpuStress = fisAction({
  ...onPods,
  ...whileItLasts,
  id: 'aws:eks:pod-cpu-stress',
  title: 'Loads the CPU inside EKS pods',
  parameters: z
    .strictObject({
      load: percentIn({ what: 'How busy each worker is.', least: '0%', fallback: '100%' }).optional(),
      workers: wholeNumber({
        what: 'How many CPUs are loaded; 0 loads all.',
        least: 0,
        fallback: '0',
      }).optional(),
      ...ofFisPod,
      podSecurity,
    })
    .optional(),
  fisParameters: {
    load: { name: 'percent', as: 'percent' },
    workers: { name: 'workers', as: 'integer' },
    ...asOfFisPod,
    ...asPodSecurity,
  },
  example: { load: '80%' },
  evidence: byPod('the CPU utilization of the pods'),
});

const podDelete = fisAction({
  ...onPods,
  id: 'aws:eks:pod-delete',
  title: 'Deletes EKS pods',
  parameters: z
    .strictObject({
      grace: durationIn({
        what: 'How long a pod may take to end, in whole seconds; 0s ends it at once.',
        least: '0s',
        most: '12h',
        fallback: "the pod's own",
      }).optional(),
      ...ofFisPod,
      podSecurity,
    })
    .optional(),
  fisParameters: {
    grace: { name: 'gracePeriodSeconds', as: 'seconds' },
    ...asOfFisPod,
    ...asPodSecurity,
  },
  example: { grace: '0s' },
  leavesBehind: 'deleted pods, which their controllers make again; FIS undoes nothing',
  evidence: byPod('the pods that were targeted are gone'),
  price: 'at once',
});

const podIoStress = fisAction({
  ...onPods,
  ...whileItLasts,
  id: 'aws:eks:pod-io-stress',
  title: 'Loads the disk inside EKS pods',
  parameters: z
    .strictObject({
      space: percentIn({
        what: 'The share of the free file system space that is written.',
        least: '0%',
        fallback: '80%',
      }).optional(),
      workers: wholeNumber({ what: 'How many write and read at once.', least: 1, fallback: '1' }).optional(),
      ...ofFisPod,
      podSecurity,
    })
    .optional(),
  fisParameters: {
    space: { name: 'percent', as: 'percent' },
    workers: { name: 'workers', as: 'integer' },
    ...asOfFisPod,
    ...asPodSecurity,
  },
  example: { space: '50%' },
  evidence: byPod("reads and writes of the pods' storage"),
});

const podMemoryStress = fisAction({
  ...onPods,
  ...whileItLasts,
  id: 'aws:eks:pod-memory-stress',
  title: 'Fills the memory of EKS pods',
  parameters: z
    .strictObject({
      memory: percentIn({
        what: 'The share of virtual memory that is taken.',
        least: '0%',
        fallback: '80%',
      }).optional(),
      workers: wholeNumber({ what: 'How many take memory at once.', least: 1, fallback: '1' }).optional(),
      ...ofFisPod,
      podSecurity,
    })
    .optional(),
  fisParameters: {
    memory: { name: 'percent', as: 'percent' },
    workers: { name: 'workers', as: 'integer' },
    ...asOfFisPod,
    ...asPodSecurity,
  },
  example: { memory: '70%' },
  evidence: byPod('the memory utilization and restarts of the pods'),
});

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
  evidence: byPod('TCP retransmissions and the latency of the link'),
});

export const eksPodActions = [
  podCpuStress,
  podDelete,
  podIoStress,
  podMemoryStress,
  podNetworkBlackholePort,
  podNetworkLatency,
  podNetworkPacketLoss,
] as const;
