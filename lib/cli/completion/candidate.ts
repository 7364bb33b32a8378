/** A word that may stand at the cursor. */
export interface Candidate {
  readonly value: string;
  /** One line for those shells that show it. */
  readonly description?: string | undefined;
}
