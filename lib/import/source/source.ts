import type { Path } from '../field.ts';

/** One document of a file, as plain data. */
export interface SourceDocument {
  /** Its place in the file, from 0. */
  readonly index: number;
  readonly value: unknown;
  /** The line of a path in the file, from 1. */
  readonly lineOf: (path: Path) => number | undefined;
}

/** What is imported: a file of one document, or of several. */
export interface Source {
  /** The file as the user named it. */
  readonly name: string;
  readonly text: string;
  readonly documents: readonly SourceDocument[];
}
