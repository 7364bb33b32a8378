/** One thing that is wrong, where it is, and how to mend it. */
export interface Problem {
  /** Stable, in kebab-case, for example `unknown-name`. */
  readonly code: string;
  /** What is wrong, as a sentence without a full stop. */
  readonly message: string;
  /** How to mend it. */
  readonly hint?: string;
  /** The path in the document: `['faults', 'slow', 'selector']`. */
  readonly path: readonly (string | number)[];
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** What would have been accepted here; the nearest becomes the suggestion. */
  readonly candidates?: readonly string[];
  /** `note`: worth knowing, does not make the document wrong. */
  readonly severity?: 'error' | 'note';
}

/** The kinds of failure a caller can act on; the command's edge maps each to an exit code. */
export type ErrorCode =
  | 'invalid' // a document that cannot be accepted
  | 'unknown-id' // no definition of that name
  | 'cannot-begin' // a port taken, a folder that cannot be written, a lab that does not start
  | 'usage' // wrong words on the command line
  | 'interrupted' // Ctrl-C before a run began
  | 'permission' // AWS or the system refused
  | 'busy' // a lease is held by another run
  | 'lease-lost'
  | 'internal';

/** Every error Steadfast raises on purpose. */
export class SteadfastError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly problems: readonly Problem[];

  constructor(
    code: ErrorCode,
    message: string,
    options: { hint?: string; problems?: readonly Problem[]; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = `Steadfast.${code}`;
    this.code = code;
    this.hint = options.hint;
    this.problems = options.problems ?? [];
  }
}

/** The message of anything thrown. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
