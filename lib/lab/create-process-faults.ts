import { SteadfastError } from '../experiment/steadfast-error.ts';
import { familyOf } from './connections/open-connections.ts';
import type { LabReplica } from './lab-replica.ts';
import { pressBeside } from './pressure/press-beside.ts';
import { startPressure } from './pressure/start-pressure.ts';
import type { ProcessFaults } from './process-faults.ts';
import { limitFiles, whyNoLimits } from './processes/open-files.ts';
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
  const press: ProcessFaults['press'] = (pressure) => {
    pressures += 1;
    // With a point, which no service's name holds: their logs lie side by side.
    return startPressure(processes, pressure, { name: `${pressure.kind}-pressure.${pressures}`, folder });
  };
  return {
    killReplica: async (id, graceMs) => replicaOf(id).kill(graceMs),
    startReplica: async (id) => replicaOf(id).startAgain(),
    freezeReplica: (id) => replicaOf(id).freeze(),
    limitFiles: (id, spare) => {
      const { pid, alive } = replicaOf(id);
      // The id of one that has ended may be another's by now.
      const limits = alive ? [...familyOf(pid)].flatMap((one) => limitFiles(one, spare) ?? []) : [];
      const ofEach = (what: 'tighten' | 'restore') => () => {
        for (const limit of limits) limit[what]();
      };
      if (limits.length === 0) {
        throw new SteadfastError(
          'cannot-begin',
          `the files of ${id} cannot be limited: ${whyNoLimits() ?? `process ${pid} does not run`}`,
        );
      }
      const left = () =>
        limits.flatMap((limit) => {
          const files = limit.left();
          return files === undefined ? [] : [{ pid: limit.pid, files }];
        });
      return { replica: id, left, tighten: ofEach('tighten'), restore: ofEach('restore') };
    },
    press,
    pressBeside: (ids, pressure) =>
      pressBeside(
        new Map(
          ids.flatMap((id) => {
            const { pid, alive } = replicaOf(id);
            return alive ? [[id, pid]] : [];
          }),
        ),
        () => press(pressure),
      ),
  };
}
