import { cannotBegin, exitText, type ManagedProcess } from '../processes/managed-process.ts';
import { graceMs, type OwnedProcesses } from '../processes/owned-processes.ts';
import { siblingFile } from '../processes/start-helper.ts';
import { checkPressure, ioFileBytes, leaveBytesOf, type Machine, thisMachine } from './bounds.ts';
import {
  type Pressing,
  type Pressure,
  type PressureCounters,
  pressureSchema,
  type Told,
  toldSchema,
  type Work,
} from './pressure.ts';

/** One of its processes, and what it has told last. */
interface Worker {
  readonly managed: ManagedProcess;
  last: Told['told'];
  mostHeldBytes: number;
}

function worksOf(pressure: Pressure, machine: Machine, folder: string): readonly Work[] {
  if (pressure.kind === 'memory')
    return [{ kind: 'memory', bytes: pressure.bytes, leaveBytes: leaveBytesOf(machine) }];
  if (pressure.kind === 'connections') return [pressure];
  const { workers } = pressure;
  const work: Work =
    pressure.kind === 'cpu'
      ? { kind: 'cpu', loadPercent: pressure.loadPercent }
      : { kind: 'io', folder, fileBytes: ioFileBytes };
  return Array.from({ length: workers }, () => work);
}

/** Starts one, and waits until it says that it is at work. */
async function startWorker(
  processes: OwnedProcesses,
  work: Work,
  name: string,
  folder: string,
): Promise<Worker> {
  const managed = await processes.start({
    name,
    command: ['node', siblingFile(import.meta.url, 'pressure-child'), JSON.stringify(work)],
    folder,
    helper: true,
  });
  return new Promise((resolve, reject) => {
    let worker: Worker | undefined;
    managed.onMessage((message) => {
      const read = toldSchema.safeParse(message);
      if (!read.success) return;
      const { told } = read.data;
      worker ??= { managed, last: told, mostHeldBytes: 0 };
      worker.last = told;
      worker.mostHeldBytes = Math.max(worker.mostHeldBytes, told.heldBytes);
      resolve(worker);
    });
    void managed.exited.then((exit) =>
      reject(cannotBegin(`${name} ended with ${exitText(exit)} before it was at work`, managed.logFile)),
    );
  });
}

function sumOf(workers: readonly Worker[]): PressureCounters {
  const sum = (of: (worker: Worker) => number) => workers.reduce((total, worker) => total + of(worker), 0);
  return {
    cpuMs: sum(({ last }) => last.cpuMs),
    heldBytes: sum(({ last }) => last.heldBytes),
    mostHeldBytes: sum(({ mostHeldBytes }) => mostHeldBytes),
    writtenBytes: sum(({ last }) => last.writtenBytes),
    heldConnections: sum(({ last }) => last.heldConnections),
    refusedConnections: sum(({ last }) => last.refusedConnections),
  };
}

const mib = (bytes: number) => `${Math.round(bytes / 1_048_576)} MiB`;

function evidenceOf({ kind }: Pressure, workers: readonly Worker[]): string {
  const { cpuMs, mostHeldBytes, writtenBytes, heldConnections, refusedConnections } = sumOf(workers);
  const processes = workers.length === 1 ? '1 process' : `${workers.length} processes`;
  const did = {
    cpu: `computed for ${(cpuMs / 1_000).toFixed(1)} s of CPU time`,
    memory: `held ${mib(mostHeldBytes)} of memory`,
    io: `wrote ${mib(writtenBytes)} to the disk`,
    connections: `held ${heldConnections} connections, and ${refusedConnections} were refused`,
  };
  return `${processes} ${did[kind]}`;
}

/**
 * Puts this machine under pressure, by helpers of the lab's own: they end when the lab does, and by themselves when the command
 * is gone. Resolves once all of them are at work.
 *
 * @throws SteadfastError `invalid` for more than the machine has to give, `cannot-begin` when they do not start
 */
export async function startPressure(
  processes: OwnedProcesses,
  asked: Pressure,
  { name, folder }: { readonly name: string; readonly folder: string },
  machine: Machine = thisMachine(folder),
): Promise<Pressing> {
  const pressure = pressureSchema.parse(asked);
  checkPressure(pressure, machine);
  const begun = await Promise.allSettled(
    worksOf(pressure, machine, folder).map((work, index) =>
      startWorker(processes, work, `${name}.${index + 1}`, folder),
    ),
  );
  const workers = begun.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const stop = async () => void (await Promise.all(workers.map(({ managed }) => managed.stop(graceMs))));
  const failed = begun.find((one) => one.status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  return {
    pids: workers.map(({ managed }) => managed.pid),
    counters: () => sumOf(workers),
    gaveUp: () => workers.find(({ last }) => last.gaveUp !== undefined)?.last.gaveUp,
    evidence: () => {
      const gaveUp = workers.find(({ last }) => last.gaveUp !== undefined)?.last.gaveUp;
      return `${evidenceOf(pressure, workers)}${gaveUp === undefined ? '' : `; ${gaveUp}`}`;
    },
    stop,
  };
}
