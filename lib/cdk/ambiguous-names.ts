import type { Environment } from '../experiment/environment.ts';
import type { Problem } from '../experiment/steadfast-error.ts';

/**
 * Environments beside this one whose id begins with the other's and a hyphen: `staging` and `staging-eu`. In one account and Region
 * their names would run into each other: `steadfast-staging-eu-slow` is a launcher of both, and a role that may start
 * `steadfast-staging-*` may start those of the other environment too.
 */
export const ambiguousNameProblems = (
  environments: readonly Environment[],
  { id, account, region }: Environment,
): Problem[] =>
  environments
    .filter((other) => other.account === account && other.region === region)
    .filter((other) => other.id.startsWith(`${id}-`) || id.startsWith(`${other.id}-`))
    .map((other) => ({
      code: 'ambiguous-names',
      path: [],
      message: `the environments '${id}' and '${other.id}' are in the same account and Region, and one id begins with the other: what belongs to one could not be told from what belongs to the other`,
      hint: "rename one of them, such as 'eu-staging' for 'staging-eu'",
    }));
