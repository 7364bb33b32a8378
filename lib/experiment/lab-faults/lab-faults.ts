import { addToxic } from './add-toxic.ts';
import type { LabFault } from './lab-fault.ts';

/** Every fault that a lab alone can put in. */
export const labFaults = [addToxic] as const;

export type LabFaultId = (typeof labFaults)[number]['id'];

const byId: ReadonlyMap<string, LabFault> = new Map(labFaults.map((fault) => [fault.id, fault]));

/** What is known of a lab's fault; undefined where there is none of that name. */
export const findLabFault = (id: string): LabFault | undefined => byId.get(id);
