import type { ControlledToxic } from './controlled-toxic.ts';

/** A proxy as whatever carries its bytes knows it. */
export interface PlaneProxy {
  readonly name: string;
  /** The address that it really listens at; what was asked for as long as it does not. */
  readonly listen: string;
  readonly upstream: string;
  readonly enabled: boolean;
  /** How long after its making (or its last renewal) it goes by itself, and when that is. */
  readonly ttlMs?: number | undefined;
  readonly expiresAtMs?: number | undefined;
}

/** A proxy as a client wants it. */
export interface WantedProxy {
  readonly name: string;
  readonly listen: string;
  readonly upstream: string;
  readonly enabled: boolean;
  /** 0 for none. */
  readonly ttlMs?: number | undefined;
}

/** What of a proxy is to be another. */
export interface ProxyChange {
  readonly listen?: string | undefined;
  readonly upstream?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** 0 for none any more. */
  readonly ttlMs?: number | undefined;
}

/** Why something cannot be done, with the status and the words in which a client is told. */
export interface Refused {
  readonly status: number;
  readonly error: string;
  /** How to mend it, where Toxiproxy would not have refused. */
  readonly hint?: string | undefined;
}

export type Done = { readonly proxy: PlaneProxy } | { readonly refused: Refused };

/** Makes and changes proxies. */
export interface OwnProxies {
  open(wanted: WantedProxy): Promise<Done>;
  change(name: string, change: ProxyChange): Promise<Done>;
  /** Ends it and its connections; false when there is none of that name. */
  close(name: string): Promise<boolean>;
}

/** What carries the bytes, as the control commands it. */
export interface Plane {
  readonly proxies: () => Promise<readonly PlaneProxy[]>;
  /**
   * Puts a toxic on a proxy, for `ttlMs` where that is not 0.
   *
   * @returns a number by which it is changed and taken away; rejects when there is no such proxy
   */
  place(proxy: string, toxic: ControlledToxic, ttlMs: number): Promise<number>;
  /** Changes a toxic in place. Its time to live begins anew where one is given. Changing what is gone is no error. */
  update(handle: number, toxic: ControlledToxic, ttlMs: number | undefined): Promise<void>;
  /** Taking away what is gone is no error. */
  take(handle: number): Promise<void>;
  /** Absent where the proxies are somebody else's, as the links of a lab are: they can then be neither made nor changed. */
  readonly own?: OwnProxies;
}
