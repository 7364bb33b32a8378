import type { AwsApi } from '../experiment/lab-place.ts';
import type { LabServiceKind } from '../plan/lab-resource-types.ts';
import type { LabBalancer } from './balancer/lab-balancer.ts';
import type { CallPoint } from './calls/call.ts';
import type { RunDocument } from './documents.ts';
import type { Launches } from './launches.ts';
import type { LabDatabase } from './postgres/database.ts';
import type { ProcessFaults } from './process-faults.ts';
import type { Address } from './proxy/connection.ts';
import type { PlacedByControl } from './proxy/control/placements.ts';
import type { Link } from './proxy/link.ts';
import type { WriterZones } from './writer-zones.ts';

/** One process of a service: what an ECS task is in AWS. */
export interface Replica {
  /** Service and number: `shop-1`. */
  readonly id: string;
  readonly service: string;
  /** What the lab gives it, with the service's name as `Service` and the lab's environment tag `Env`. */
  readonly tags: Readonly<Record<string, string>>;
  /** Where its service names zones: the one that it is in. */
  readonly zone?: string;
  readonly port: number;
  /** Of the process that plays it now; another one after a restart. */
  readonly pid: number;
  readonly alive: boolean;
}

/** What shows that a replica was really stopped. */
export interface StoppedReplica {
  readonly replica: string;
  readonly oldPid: number;
  readonly newPid: number;
  /** The old process is no more. */
  readonly gone: boolean;
  /** For people: `shop-1: process 4711 ended (exit code 0) within 31 ms, process 4755 took its place`. */
  readonly evidence: string;
}

/** The control of a lab's links. */
interface ProxyControl {
  /** Where its API is. */
  readonly url: string;
  /** What it has put on links and nobody has taken away, whatever it still knows of it. */
  placed(): readonly PlacedByControl[];
}

/** A process that ended although nobody had asked it to. */
export interface Death {
  /** The replica's id, or the service's name. */
  readonly name: string;
  readonly text: string;
  readonly logFile: string;
}

/** What a lab's definition says of a service that it plays. */
export interface LabServiceFacts {
  readonly name: string;
  readonly kind: LabServiceKind;
  /** Of the service as a whole; single replicas may carry others. */
  readonly tags: Readonly<Record<string, string>>;
  /** Those that its replicas are dealt out over, or the one that its writer is in; none where it names none. */
  readonly zones: readonly string[];
  /** The port that it has where it is deployed, by which faults name it. */
  readonly port?: number;
  /** The Region that it is in, where that is another one than the rest of the lab. */
  readonly region?: string;
  /** The AWS APIs that it answers in place of AWS. */
  readonly apis?: readonly AwsApi[];
}

/** A lab whose services run, until it is stopped. */
export interface RunningLab extends ProcessFaults {
  readonly id: string;
  /**
   * Where probes ask a service: its balancer where it has several replicas.
   *
   * @throws SteadfastError `invalid` for a service that the lab does not play
   */
  serviceUrl(name: string): string;
  /** In the order of the lab's definition; where each is now. */
  readonly services: readonly LabServiceFacts[];
  readonly replicas: readonly Replica[];
  /** A replica's own links, by the service that each leads to; none for a replica there is not. */
  links(replicaId: string): ReadonlyMap<string, Link>;
  /** A replica's own link to a service; undefined where it has none. */
  link(replicaId: string, to: string): Link | undefined;
  /**
   * The far ends of what a replica's processes are connected to now, as the system itself tells, whatever the links know; undefined
   * where it does not tell (it does on Linux).
   */
  connections(replicaId: string): readonly Address[] | undefined;
  /** Whether a replica answers its health path now, or takes connections where it has none; false for one there is not. */
  isHealthy(replicaId: string): Promise<boolean>;
  /** SIGTERM, and the same replica again on the same port; resolves once the old process is gone and the new one runs. */
  stopReplica(id: string): Promise<StoppedReplica>;
  /** What starts replicas in place of those that are gone for good. */
  readonly launches: Launches;
  /** The lab's own control of its links; undefined where it has none. */
  proxyControl(): ProxyControl | undefined;
  /** What its times are multiplied by. */
  readonly pace: number;
  /** Where calls of services that play functions and AWS APIs pass. */
  readonly callPoints: readonly CallPoint[];
  /** The balancer in front of a service's replicas; undefined where it has only one. */
  balancer(service: string): LabBalancer | undefined;
  /** The database of a `postgres` service; undefined for any other. */
  database(service: string): LabDatabase | undefined;
  /** Where the writers of its databases are. */
  readonly writers: WriterZones;
  /** Runs what plays an SSM document. */
  readonly runDocument: RunDocument;
  /** A metric's value now; undefined when there is none. Never rejects. */
  readMetric(name: string): Promise<number | undefined>;
  readonly diedUnexpectedly: readonly Death[];
  /** Ends everything. Twice is no error. */
  stop(): Promise<void>;
}

/** The tag that every replica of a lab carries, and that the plan adds to every selector. */
export const environmentTag = (labId: string) => ({ key: 'Env', value: labId }) as const;
