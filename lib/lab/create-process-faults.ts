import { SteadfastError } from '../experiment/steadfast-error.ts';
import type { LabReplica } from './lab-replica.ts';
import { startPressure } from './pressure/start-pressure.ts';
import type { ProcessFaults } from './process-faults.ts';
import type { OwnedProcesses } from './processes/owned-processes.ts';

/** @throws SteadfastError `unknown-id`, from each of its functions, for a replica there is not */
export function createProcessFaults(
  lab: { readonly id: string; readonly replicas: readonly LabReplica[] },
  processes: OwnedProcesses,
  /** Where the lab may write, such as what a pressure on the disk writes. */
  folder: string,
): ProcessFaults {
  let pressures = 0;
  const replicaOf = (id: string): LabReplica => {
    const found = lab.replicas.find((replica) => replica.id === id);
    if (found !== undefined) return found;
    throw new SteadfastError('unknown-id', `the lab '${lab.id}' has no replica '${id}'`);
  };
  return {
    killReplica: async (id) => replicaOf(id).kill(),
    startReplica: async (id) => replicaOf(id).startAgain(),
    freezeReplica: (id) => replicaOf(id).freeze(),
    press: (pressure) => {
      pressures += 1;
      // With a point, which no service's name holds: their logs lie side by side.
      return startPressure(processes, pressure, { name: `${pressure.kind}-pressure.${pressures}`, folder });
    },
  };
}
