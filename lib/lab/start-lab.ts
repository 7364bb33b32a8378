import type { Lab } from '../experiment/lab.ts';
import { messageOf, SteadfastError } from '../experiment/steadfast-error.ts';
import type { Clock, Random } from '../run/ports.ts';
import { bypassesOf } from './bypasses.ts';
import { checkLab } from './check-lab.ts';
import { openConnections } from './connections/open-connections.ts';
import { connectionsPastLinks } from './connections/past-links.ts';
import { createProcessFaults } from './create-process-faults.ts';
import { createRunDocument } from './documents.ts';
import { addressesPastLinks } from './inherited-addresses.ts';
import type { LabParts } from './lab-parts.ts';
import { createLaunches } from './launches.ts';
import { playLoad } from './load.ts';
import { type MetricReader, openMetricReader } from './metrics/metric-reader.ts';
import { cleanUpAfterDeadOwners } from './processes/clean-up-after-dead-owners.ts';
import { lastLines } from './processes/last-lines.ts';
import { exitText, type ManagedProcess } from './processes/managed-process.ts';
import { ownProcesses } from './processes/owned-processes.ts';
import { createDataPlane } from './proxy/control/data-plane.ts';
import { randomsByName } from './proxy/draws.ts';
import type { Death, RunningLab } from './running-lab.ts';
import { playedService, type Reachable, serviceFactsOf } from './services.ts';
import { startServices } from './start-services.ts';
import { createWriterZones } from './writer-zones.ts';

export interface StartLabOptions {
  readonly lab: Lab;
  /** The folder of the lab's file: commands run in it, and its paths are relative to it. */
  readonly folder: string;
  /** Where each process writes its log. */
  readonly logFolder: string;
  readonly random: Random;
  readonly clock: Clock;
  /** What services inherit; this process's own where absent. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Ends the start; after that, only `stop` ends the lab. */
  readonly signal?: AbortSignal;
  /** Told what people should know: what was cleaned up, what died. */
  readonly tell?: (text: string) => void;
}

/** As much of a log as a note has room for. */
const linesOfDeath = 3;

/**
 * Starts a lab: its services as processes of their own, a link from each replica to each service that it uses, and its load.
 * First ends what labs have left behind whose command was killed.
 *
 * @throws SteadfastError `invalid` for a lab that cannot run, `cannot-begin` when a process does not start or get ready,
 * `interrupted` when the signal aborts; in each case nothing is left running
 */
export async function startLab(options: StartLabOptions): Promise<RunningLab> {
  const { lab, clock, tell = () => undefined } = options;
  checkLab(lab);
  for (const { message } of bypassesOf(lab)) tell(message);
  for (const text of addressesPastLinks(lab, options.environment ?? process.env)) tell(text);
  const left = await cleanUpAfterDeadOwners();
  if (left > 0)
    tell(`ended ${left} ${left === 1 ? 'process' : 'processes'} that a killed run had left behind`);

  const processes = ownProcesses({ logFolder: options.logFolder });
  const replicas: LabParts['replicas'] = [];
  const plane = createDataPlane(() => replicas, clock);
  const parts: LabParts = {
    replicas,
    links: [],
    callPoints: [],
    reachable: new Map(),
    plane,
    databases: new Map(),
    balancers: new Map(),
  };
  const deaths: Death[] = [];
  const ending = new AbortController();
  let metrics: MetricReader | undefined;
  let stopping: Promise<void> | undefined;

  const die = (death: Death) => {
    if (ending.signal.aborted) return;
    deaths.push(death);
    tell(death.text);
  };
  const watch = (managed: ManagedProcess) =>
    void managed.exited.then((exit) => {
      if (managed.stopping) return;
      const { name, logFile } = managed;
      const lines = lastLines(logFile, linesOfDeath).map((line) => line.trim());
      const said = lines.length === 0 ? 'it said nothing' : `it said last: ${lines.join(' | ')}`;
      die({
        name,
        logFile,
        text: `${name} ended by itself with ${exitText(exit)}; ${said}. Its log is ${logFile}`,
      });
    });
  const stop = () => {
    stopping ??= (async () => {
      ending.abort();
      plane.close();
      await Promise.all([metrics?.close(), processes.stop()]);
      await Promise.all([...parts.links, ...parts.callPoints].map((way) => way.close()));
    })();
    return stopping;
  };

  const reachableOf = (name: string): Reachable => {
    playedService(lab, name);
    const reachable = parts.reachable.get(name);
    if (reachable === undefined)
      throw new SteadfastError('internal', `the service '${name}' has not been started`);
    return reachable;
  };

  const writers = createWriterZones(lab.services);
  const processFaults = createProcessFaults({ id: lab.id, replicas }, processes, options.logFolder);
  const running: RunningLab = {
    ...processFaults,
    launches: createLaunches((id) => processFaults.startReplica(id)),
    id: lab.id,
    serviceUrl: (name) => {
      const { address, urlAt } = reachableOf(name);
      return urlAt(address);
    },
    get services() {
      return serviceFactsOf(lab, writers);
    },
    writers,
    replicas: parts.replicas,
    links: (replicaId) => parts.replicas.find(({ id }) => id === replicaId)?.links ?? new Map(),
    link: (replicaId, to) => parts.replicas.find(({ id }) => id === replicaId)?.links.get(to),
    connections: (replicaId) => openConnections(parts.replicas.find(({ id }) => id === replicaId)?.pid ?? 0),
    isHealthy: async (replicaId) =>
      (await parts.replicas.find(({ id }) => id === replicaId)?.isHealthy()) ?? false,
    stopReplica: async (id) => {
      const replica = parts.replicas.find((candidate) => candidate.id === id);
      if (replica === undefined)
        throw new SteadfastError('unknown-id', `the lab '${lab.id}' has no replica '${id}'`);
      return replica.stopAndReplace();
    },
    proxyControl: () => {
      const name = Object.keys(lab.services).find((one) => 'proxyControl' in (lab.services[one] ?? {}));
      return name === undefined ? undefined : { url: running.serviceUrl(name), placed: () => plane.placed() };
    },
    pace: lab.pace,
    callPoints: parts.callPoints,
    balancer: (name) => parts.balancers.get(name),
    runDocument: createRunDocument(lab, processes, options.folder),
    database: (name) => parts.databases.get(name),
    readMetric: async (name) => metrics?.read(name),
    diedUnexpectedly: deaths,
    stop,
  };

  const onAbort = () => void stop();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    options.signal?.throwIfAborted();
    await startServices(
      {
        lab,
        folder: options.folder,
        processes,
        randomOf: randomsByName(options.random),
        clock,
        signal: ending.signal,
        watch,
        onRestartFailed: (name, thrown) =>
          die({ name, logFile: options.logFolder, text: `${name} did not come back: ${messageOf(thrown)}` }),
      },
      parts,
    );
    // What a service tells of itself is no call of it.
    const pastCallPoints = (name: string) => {
      const { address, behind, urlAt } = reachableOf(name);
      return urlAt(behind ?? address);
    };
    metrics = await openMetricReader(
      lab,
      { ...running, serviceUrl: pastCallPoints },
      { processes, folder: options.folder, clock },
    );
    options.signal?.throwIfAborted();
  } catch (thrown) {
    await stop();
    if (options.signal?.aborted === true)
      throw new SteadfastError('interrupted', `interrupted while the lab '${lab.id}' was starting`);
    throw thrown;
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
  }
  const addresses = new Map(
    [...parts.reachable].map(([name, { address, behind }]) => [name, behind ?? address] as const),
  );
  for (const text of connectionsPastLinks({ lab, running, addresses })) tell(text);
  for (const load of lab.load ?? []) {
    const url = new URL(load.path, running.serviceUrl(load.service)).href;
    void playLoad({ url, perSecond: load.rate.perSecond }, clock, ending.signal);
  }
  return running;
}
