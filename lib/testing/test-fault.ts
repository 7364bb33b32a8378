import type { FaultDefinition } from '../experiment/fault.ts';

/** A toxic on the links from one service to another, by its type and attributes (docs/reference/toxics.md). */
export interface ToxicFault {
  /** `latency`, `down`, `timeout`, `http_status`, ... */
  readonly toxic: string;
  readonly attributes?: Readonly<Record<string, number | string>>;
  /** The service whose links are hit, all its replicas'. */
  readonly from: string;
  /** Where they lead to. */
  readonly to: string;
  /** `downstream`, by default: what comes back. */
  readonly stream?: 'upstream' | 'downstream';
  /** The share of connections affected, from 0 to 1 (default 1). */
  readonly toxicity?: number;
}

/** What goes wrong: a fault as an experiment has it, or a bare toxic. */
export type TestFault = FaultDefinition | ToxicFault;

export const isToxicFault = (fault: TestFault): fault is ToxicFault => 'toxic' in fault;
