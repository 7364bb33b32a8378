import { addToxic } from './add-toxic.ts';
import { cpuPressure } from './cpu-pressure.ts';
import { dnsFailure, slowDns } from './dns.ts';
import { exhaustConnections } from './exhaust-connections.ts';
import { exhaustFileDescriptors } from './exhaust-file-descriptors.ts';
import { freeze } from './freeze.ts';
import { kill } from './kill.ts';
import type { LabFault } from './lab-fault.ts';
import { memoryPressure } from './memory-pressure.ts';
import { restartLoop } from './restart-loop.ts';

/** Every fault that a lab alone can put in. */
export const labFaults = [
  addToxic,
  kill,
  freeze,
  restartLoop,
  cpuPressure,
  memoryPressure,
  exhaustFileDescriptors,
  exhaustConnections,
  dnsFailure,
  slowDns,
] as const;

export type LabFaultId = (typeof labFaults)[number]['id'];

const byId: ReadonlyMap<string, LabFault> = new Map(labFaults.map((fault) => [fault.id, fault]));

/** What is known of a lab's fault; undefined where there is none of that name. */
export const findLabFault = (id: string): LabFault | undefined => byId.get(id);
