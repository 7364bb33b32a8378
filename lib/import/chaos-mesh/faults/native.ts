import type { Injection } from '../injection.ts';
import type { Place } from '../place.ts';
import type { Selection } from '../selection.ts';
import type { KnownAction } from './action-facts.ts';
import type { Peers } from './peers.ts';

/** An action of FIS that does the same as an injection. */
export interface Native {
  readonly action: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Says where the fields went: `to` makes a place in the definition of a path of the fault's parameters. */
  readonly say: (to: (parameter: string) => string) => void;
}

/** Why FIS has no action of its own for it, as a sentence without a full stop. */
export interface NotNative {
  readonly why: string;
}

/** What decides whether FIS can do it. */
export interface Wish {
  readonly injection: Injection;
  readonly does: KnownAction;
  readonly place: Place;
  readonly selection: Selection;
  readonly peers: Peers;
}

export const isNative = (decided: Native | NotNative): decided is Native => 'action' in decided;
