import type { Problem } from '../experiment/steadfast-error.ts';

export type Path = Problem['path'];

/** What became of a field: it means the same here, it means nearly the same, or it is not taken over. */
export type Outcome = 'mapped' | 'approximated' | 'refused';

/** What became of one field of the source. Its value is never repeated: it might be a secret. */
export interface Field {
  /** The document in the file, from 0. */
  readonly document: number;
  readonly path: Path;
  /** From 1. */
  readonly line?: number;
  readonly outcome: Outcome;
  /** Where it went: `slow-database: faults.slow.parameters.delay`. */
  readonly to?: string;
  /** What differs, or why it is not taken over. */
  readonly why?: string;
  /** Whether the format itself is not known to have such a field. */
  readonly unknown?: true;
}
