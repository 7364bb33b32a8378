import type { IncomingHttpHeaders } from 'node:http';

/** One request to a service that is called as a function or an AWS API is. */
export interface Call {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An answer to a call. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a fault does to one call. */
export interface CallEffect {
  /** How much later it is carried out. */
  readonly delayMs?: number;
  /** What is answered in place of the service. */
  readonly answer?: Answer;
  /** Whether the service carries it out all the same, where another answer takes the place of its own. */
  readonly isCarriedOut?: boolean;
}

/** What goes wrong with calls: undefined for one that it leaves alone. */
export type CallFault = (call: Call) => CallEffect | undefined;

/** A fault in place. */
export interface AddedCallFault {
  /** Calls that came by while it was in place, and those that it hit. */
  counters(): { readonly seen: number; readonly hit: number };
  /** Twice is no error. */
  remove(): void;
}

/** Whose calls come this way. */
export interface CallPoint {
  /** The service that is called. */
  readonly service: string;
  /** The replica that calls; undefined for whoever asks the service itself: probes, the lab's load, other callers without a link. */
  readonly caller: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Faults act in the order in which they were added: of two that would hit a call the earlier does. */
  addFault(fault: CallFault): AddedCallFault;
  close(): Promise<void>;
}
