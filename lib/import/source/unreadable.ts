/** Why a text cannot be read, and where: thrown inside a reader, which gives it back as a problem. */
export class Unreadable extends Error {
  readonly code: string;
  readonly hint: string;
  /** From 1. */
  readonly line: number;

  constructor(code: string, message: string, hint: string, line: number) {
    super(message);
    this.code = code;
    this.hint = hint;
    this.line = line;
  }
}
