/** What a tolerance adds to a probe of HTTP: what it expects and extracts, and what its value must be. */
export interface Expected {
  readonly expect?: Record<string, unknown>;
  readonly extract?: Record<string, unknown>;
  readonly tolerances?: Record<string, unknown>;
}
