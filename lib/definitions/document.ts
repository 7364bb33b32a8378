import type { Problem } from '../experiment/steadfast-error.ts';

/** A definition file, read but not yet validated. */
export interface Document {
  readonly file: string;
  readonly value: unknown;
  /** The line of a path in the file, from 1; undefined in code, where a value has no fixed place. */
  readonly lineOf: (path: readonly (string | number)[]) => number | undefined;
}

/** A document, or all that keeps it from being read. */
export type ReadResult = Document | { readonly problems: readonly Problem[] };
