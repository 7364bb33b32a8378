import type { LabBalancer } from '../../../lib/lab/balancer/lab-balancer.ts';
import type { RunningDocument } from '../../../lib/lab/documents.ts';
import type { FaultyLab } from '../../../lib/lab/fis/action-handler.ts';
import { createLaunches } from '../../../lib/lab/launches.ts';
import type { LabDatabase } from '../../../lib/lab/postgres/database.ts';
import type { Address } from '../../../lib/lab/proxy/connection.ts';
import type { Link } from '../../../lib/lab/proxy/link.ts';
import type { AddedToxic, Toxic } from '../../../lib/lab/proxy/toxic.ts';
import type { LabServiceFacts, Replica } from '../../../lib/lab/running-lab.ts';
import { createWriterZones } from '../../../lib/lab/writer-zones.ts';
import type { FakeCallPoint } from './fake-call-point.ts';

/** A link that only remembers its toxics; each of them delays three chunks. */
export class FakeLink implements Link {
  readonly host = '127.0.0.1';
  readonly port = 1;
  readonly upstream = { host: '127.0.0.1', port: 2 };
  readonly toxics = new Set<Toxic>();
  readonly seen: Toxic[] = [];
  traffic = true;

  /** Connections that are open, and those that a toxic is drawn for. */
  open = 1;
  drawn = 1;
  bytes = 0;

  counters() {
    return { connections: this.open, activeConnections: this.open, bytes: this.bytes, delayedChunks: 0 };
  }

  bytesByDirection() {
    const passed = { received: this.bytes, sent: this.bytes };
    return { upstream: passed, downstream: passed };
  }

  toxicsInPlace() {
    return this.toxics.size;
  }

  piecesAffected() {
    return this.traffic ? 3 * this.seen.length : 0;
  }

  addToxic(toxic: Toxic): AddedToxic {
    this.toxics.add(toxic);
    this.seen.push(toxic);
    const chunks = this.traffic ? 3 : 0;
    return {
      counters: () => ({ connections: this.drawn, chunks, bytes: 10 * chunks, longestMs: 501 }),
      remove: () => void this.toxics.delete(toxic),
      update: (changed) => void this.seen.push(changed),
    };
  }

  async close(): Promise<void> {
    this.toxics.clear();
  }

  closeGently(): Promise<void> {
    return this.close();
  }
}

const replica = (service: string, number: number): Replica => ({
  id: `${service}-${number}`,
  service,
  zone: number % 2 === 1 ? 'a' : 'b',
  tags: { Service: service, Env: 'lab' },
  port: 1,
  pid: number,
  alive: true,
});

/** A lab without processes: four replicas of a shop, in two zones in turn, that use a database and a queue, and one other service. */
export function fakeLab() {
  const replicas = [1, 2, 3, 4].map((number) => replica('shop', number)).concat(replica('other', 1));
  const links = new Map(
    replicas.map(({ id, service }) => [
      id,
      new Map(
        service === 'shop'
          ? [
              ['database', new FakeLink()],
              ['queue', new FakeLink()],
            ]
          : [],
      ),
    ]),
  );
  const stopped: string[] = [];
  /** What was done to processes, in order. */
  const done: string[] = [];
  /** Replicas that do not answer. */
  const unwell = new Set<string>();
  const connected = new Map<string, readonly Address[]>();
  const startReplica = async (id: string) => {
    done.push(`start ${id}`);
    return 2;
  };
  const services = ['shop', 'other'].map(
    (name): LabServiceFacts => ({
      name,
      kind: 'command',
      tags: { Service: name, Env: 'lab' },
      zones: ['a', 'b'],
    }),
  );
  let documentEnds: RunningDocument['ended'] = Promise.resolve({
    isWell: true,
    text: 'ended with exit code 0',
  });
  const callPoints: FakeCallPoint[] = [];
  const balancer: LabBalancer = {
    keepFrom: (ids, hangMs) => {
      done.push(`keep ${ids.join(',')}, hang ${hangMs} ms`);
      return async () => {
        done.push(`give back ${ids.join(',')}`);
        return { hung: 2, passedOver: 3 };
      };
    },
  };
  const database: LabDatabase = {
    alive: true,
    goAway: async (forMs) => {
      done.push(`database away for ${forMs} ms`);
      return { connections: 4, back: Promise.resolve(true) };
    },
  };
  const writers = createWriterZones({ database: { postgres: {}, zone: 'a', failsOverTo: 'b' } });
  const lab: FaultyLab = {
    get services() {
      return services.map((one) =>
        one.kind === 'postgres' ? { ...one, zones: [writers.zoneOf(one.name) ?? []].flat() } : one,
      );
    },
    writers,
    replicas,
    links: (id) => links.get(id) ?? new Map(),
    connections: (id) => connected.get(id),
    pace: 0.1,
    callPoints,
    balancer: (service) => (service === 'shop' ? balancer : undefined),
    runDocument: async (document, on, env) => {
      done.push(`run ${document} on ${on} with ${JSON.stringify(env)}`);
      return { ended: documentEnds, stop: async () => void done.push(`end ${document} on ${on}`) };
    },
    database: (service) => (service === 'database' ? database : undefined),
    proxyControl: () => undefined,
    stopReplica: async (id) => {
      stopped.push(id);
      return { replica: id, oldPid: 1, newPid: 2, gone: true, evidence: `${id}: gone` };
    },
    killReplica: async (id, graceMs = 0) => {
      done.push(graceMs === 0 ? `kill ${id}` : `end ${id} within ${graceMs} ms`);
      return { replica: id, oldPid: 1, gone: true, evidence: `${id}: killed` };
    },
    startReplica,
    launches: createLaunches(startReplica),
    freezeReplica: (id) => {
      done.push(`freeze ${id}`);
      let frozen = true;
      return {
        replica: id,
        pid: 1,
        isFrozen: () => frozen,
        thaw: () => {
          if (frozen) done.push(`thaw ${id}`);
          frozen = false;
          return 1_000;
        },
      };
    },
    isHealthy: async (id) => !unwell.has(id),
    limitFiles: (id, spare) => {
      done.push(`limit ${id}`);
      return {
        replica: id,
        left: () => [{ pid: 1, files: spare }],
        tighten: () => undefined,
        restore: () => void done.push(`restore ${id}`),
      };
    },
    pressBeside: async (ids, pressure) => ({
      ...(await lab.press(pressure)),
      cpu: 1,
      scheduled: () => ({ ranMs: 100, waitedMs: 100 * ids.length }),
    }),
    press: async (pressure) => {
      done.push(`press ${JSON.stringify(pressure)}`);
      return {
        pids: [3],
        counters: () => ({
          cpuMs: 900,
          heldBytes: 1_048_576,
          mostHeldBytes: 1_048_576,
          writtenBytes: 1_048_576,
          heldConnections: 10,
          refusedConnections: 0,
        }),
        gaveUp: () => undefined,
        evidence: () => `${pressure.kind} pressed`,
        stop: async () => void done.push(`release ${pressure.kind}`),
      };
    },
  };
  const link = (id: string, to: string): FakeLink => {
    const found = links.get(id)?.get(to);
    if (found === undefined) throw new Error(`no link from ${id} to ${to}`);
    return found;
  };
  const toxicsInPlace = () =>
    [...links.values()].flatMap((byService) => [...byService.values()].flatMap((l) => [...l.toxics])).length;
  const endDocuments = (ended: RunningDocument['ended']) => {
    documentEnds = ended;
  };
  return { lab, endDocuments, services, callPoints, link, stopped, done, unwell, connected, toxicsInPlace };
}
