/** What a code means, in the user's words. */
export interface Explanation {
  /** What has happened, or what is wrong. */
  readonly means: string;
  /** Why Steadfast tells it, or does not go on. */
  readonly why: string;
  /** How to mend it. */
  readonly mend: string;
  /** How it looks, or what to write or to type instead. */
  readonly example: string;
  /** The page that tells more, below `docs/`; that of the area where absent. */
  readonly docs?: string;
}

/** Codes that come from the same place. */
export interface Area {
  /** As JSON names it. */
  readonly id: string;
  readonly title: string;
  /** Where such codes are met, as a sentence. */
  readonly where: string;
  /** The page that tells more, below `docs/`. */
  readonly docs: string;
  readonly codes: Readonly<Record<string, Explanation>>;
}
