import type { Place } from './aws-names.ts';

/** Condition operator to condition key to value, as IAM writes them. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** What FIS's role is confined to: the environment tag and what is declared beside it, in one account and Region. */
export interface Confinement {
  readonly tag: { readonly key: string; readonly value: string };
  readonly place: Place;
  /** ARNs, `*` for any text, of what no tag confines: targets, documents and their automation definitions, roles that are passed. */
  readonly declared?: readonly string[];
  /** Where FIS may leave faults of Lambda functions: `arn:aws:s3:::bucket/prefix`. */
  readonly faultConfigurations?: readonly string[];
  /** Whether the account is one of its own, so that it may be all of it where nothing is declared. */
  readonly isolated?: boolean;
  /** The parameters of the action as FIS is given them, once for each stage; IAM may be told some of them. */
  readonly parameters?: readonly Readonly<Record<string, string>>[];
}
