import type { Path } from '../field.ts';

/** One document of a file, as plain data. */
export interface SourceDocument {
  /** Its place in the file, from 0. */
  readonly index: number;
  readonly value: unknown;
  /** The line of a path in the file, from 1. */
  readonly lineOf: (path: Path) => number | undefined;
  /** What surrounds it in Python source, where each call is a document of its own: `{ call, arguments, positional }`. */
  readonly python?: PythonPlace;
}

/** Where a call stands: `proxy = client.create(...)` in `def slow_db():`. */
export interface PythonPlace {
  /** What it is called on: `client`; absent for a function, and for what is called on something without a name. */
  readonly on?: string;
  /** The name that its statement gives to what comes of it: `proxy`. */
  readonly assigned?: string;
  /** The function that it stands in: `slow_db`. */
  readonly within?: string;
}

/** What is imported: a file of one document, or of several. */
export interface Source {
  /** The file as the user named it. */
  readonly name: string;
  readonly text: string;
  readonly documents: readonly SourceDocument[];
}
