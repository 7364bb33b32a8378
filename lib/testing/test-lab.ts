import type { TestFault } from './test-fault.ts';

/** How a lab is started. */
export interface LabOptions {
  /** What its commands run in, and its paths are relative to, where the definition is handed over as it is (default: the current folder). */
  readonly folder?: string;
  /** Environment variables of services, by the service's name: the same lab with one thing changed. */
  readonly env?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Where each process writes its log. By default a temporary folder that is gone once the lab has been stopped. */
  readonly logs?: string;
  /** What targets and jitter are drawn with (default 1): the same seed draws the same. */
  readonly seed?: number;
  /** Ends the start. */
  readonly signal?: AbortSignal;
  /** Told what people should know, such as what a killed run had left behind (default: nobody). */
  readonly tell?: (text: string) => void;
}

/** How a fault is put in. */
export interface FaultOptions {
  /** How much of what an experiment's fault selects is hit: `'one'`, or a percentage (default `'100%'`). */
  readonly share?: 'one' | `${number}%`;
  /** The fault ends by itself after this long, whatever becomes of the test (default `'1m'`). */
  readonly atMost?: string;
  /** Ends the fault at once: hand over the signal of the test, where the runner has one. */
  readonly signal?: AbortSignal;
}

/** Whether a fault reached what it was meant for. */
export interface FaultBite {
  readonly bit: boolean | undefined;
  /** What shows it, for people. */
  readonly evidence: string;
  /** Where it did not: why that is so, as far as it could be seen. */
  readonly likely?: string;
}

/** How a fault has ended. */
export interface FaultEnd {
  /** `ended` on request; `over`: its time was up; `halted` by a guard of the lab; `failed`: it could not be carried out. */
  readonly how: 'ended' | 'over' | 'halted' | 'failed';
  /** Why, for people. */
  readonly reason: string;
  readonly bite: FaultBite;
}

/** A fault that is on. */
export interface FaultOn extends AsyncDisposable {
  /** Resolves once it has ended, however that came about. */
  readonly ended: Promise<FaultEnd>;
  /** Whether something has been held back, swallowed or refused by it yet; undefined for a fault that acts on no link. */
  heldBack(): boolean | undefined;
  /** Ends it, and undoes what it did. Twice is no error. */
  end(): Promise<FaultEnd>;
}

/** One process of a service. */
export interface TestReplica {
  /** Service and number: `shop-1`. */
  readonly id: string;
  readonly service: string;
  readonly pid: number;
  readonly alive: boolean;
}

/** The way from one replica to a service that it uses, with what has gone over it. */
export interface TestLink {
  /** The replica's id: `shop-1`. */
  readonly from: string;
  readonly to: string;
  readonly connections: number;
  readonly activeConnections: number;
  readonly bytes: number;
  /** How many toxics are on it now. */
  readonly toxics: number;
}

/** A lab whose services run, for tests. */
export interface TestLab extends AsyncDisposable {
  readonly id: string;
  /** Where each service is that the lab plays: its balancer where it has several replicas. */
  readonly urls: Readonly<Record<string, string>>;
  readonly replicas: readonly TestReplica[];
  readonly links: readonly TestLink[];
  /** Where a service is. Throws for one that the lab does not play. */
  url(service: string): string;
  /** Asks a service, as the global `fetch` does. */
  fetch(service: string, path: string, init?: RequestInit): Promise<Response>;
  /** Puts a fault in, and leaves it on until it is ended: `withFault` is the safer way. */
  inject(fault: TestFault, options?: FaultOptions): Promise<FaultOn>;
  /** Ends whatever fault is still on, such as that of a test that timed out. */
  endFaults(): Promise<void>;
  /** Ends every fault and every process. Twice is no error. */
  stop(): Promise<void>;
}
