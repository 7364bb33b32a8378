import type { Json } from '../../plan/canonical-json.ts';
import type { GameDayInputs, GameDayLog } from '../ports.ts';
import type { EvidenceSigner } from './make-bundle.ts';

/** What a run left, as far as evidence needs it. */
export interface RunLeft {
  readonly journal: Json;
  /** The file of its samples, which stays where it lies: its hash and, where that is known, its length. */
  readonly samples?: { readonly sha256: string; readonly bytes?: number };
}

/** A bundle as it lies somewhere. */
export interface KeptBundle {
  readonly place: string;
  /** The first is 1. */
  readonly version: number;
  readonly text: string;
}

/** Where the bundles of an edition lie, one for each version. */
export interface EvidenceStore {
  /** The newest; undefined where there is none. */
  latest(edition: string): Promise<KeptBundle | undefined>;
  /** Never writes over one: `conflict` where somebody was quicker. Gives where it lies. */
  save(edition: string, version: number, text: string): Promise<{ readonly place: string } | 'conflict'>;
}

/** Everything that making evidence reaches of the world. */
export interface EvidencePorts {
  readonly clock: { now(): number };
  readonly log: Pick<GameDayLog, 'read'>;
  readonly inputs: Pick<GameDayInputs, 'load'>;
  /** Undefined where the run left no journal. */
  readonly runs: { read(runId: string): Promise<RunLeft | undefined> };
  /** The retrospective as people have put it in; undefined while nobody has. */
  readonly retrospectives: { read(edition: string): Promise<string | undefined> };
  readonly bundles: EvidenceStore;
  readonly signer: EvidenceSigner;
}
