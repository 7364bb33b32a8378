/** Something that a person may do in an environment. */
export interface EnvironmentStatement {
  readonly sid: string;
  /** What is allowed, where it says nothing. */
  readonly effect?: 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
