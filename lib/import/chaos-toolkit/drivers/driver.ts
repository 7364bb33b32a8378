import type { Call } from '../call.ts';

/** How much a fault hits, as a stage says it. */
export type Share = 'one' | `${number}%`;

/** What a Python function has become. */
export type Made =
  | {
      readonly kind: 'fault';
      readonly fault: Readonly<Record<string, unknown>>;
      readonly share?: Share;
      /** What an action that undoes it is told by: the same for both. */
      readonly family: string;
    }
  /** It undoes faults of a family, which end by themselves here. */
  | { readonly kind: 'undo'; readonly family: string }
  /** It does what happens here anyway, or needs not be done. */
  | { readonly kind: 'needless'; readonly why: string }
  /** @param why why nothing takes its place, with what to write instead */
  | { readonly kind: 'refused'; readonly why: string };

export const refusedAs = (why: string): Made => ({ kind: 'refused', why });

/** The functions of a module that are known, by name. */
export interface Driver {
  /** The module of the function, with all that it was once called. */
  readonly modules: readonly string[];
  readonly functions: Readonly<Record<string, (call: Call) => Made>>;
  /** What to write in place of any other function of the module. */
  readonly otherwise: string;
}
