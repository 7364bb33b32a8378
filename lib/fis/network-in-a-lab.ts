import type { FisAction } from './action.ts';

type Rehearsal = FisAction['rehearsal'];

/** How a lab plays the network actions of ECS's tasks and of EKS's pods: by the same stand-ins, on the links of replicas. */
export const blackHoleInLab: Rehearsal = {
  fidelity: 'approximate',
  differs:
    'out of a replica its links to services of that port are a black hole; into it what its balancer sends it, and of the one replica of a service the links to it; nothing else is, and no UDP',
};

export const latencyInLab: Rehearsal = {
  fidelity: 'approximate',
  differs:
    'the link delays what the replica sends over it, and a new connection on its way to the service; its own connect() returns at once',
};

export const packetLossInLab: Rehearsal = {
  fidelity: 'approximate',
  differs:
    'what the replica sends over its links comes late, as after TCP has sent it again, and so do new connections; a piece is what was sent at once and not a packet, and a real loss slows long transfers down',
};
