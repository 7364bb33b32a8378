import type { Environment } from '../experiment/environment.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Problem } from '../experiment/steadfast-error.ts';
import { fisLimits } from '../fis/limits.ts';

/**
 * More stages than FIS holds templates, one for each and for each combination of what is opened, in the account and Region of an environment. Other environments there take
 * their part of the same quota.
 */
export function templateQuotaProblems(
  experiments: readonly Experiment[],
  environments: readonly Environment[],
  { account, region }: Environment,
): Problem[] {
  const sharing = environments
    .filter((other) => other.account === account && other.region === region)
    .map(({ id }) => id)
    .filter((id) => experiments.some((experiment) => experiment.environments?.[id] !== undefined));
  const uses = new Map<string, number>();
  for (const { owner, stages, variants, environments: deployments = {} } of experiments) {
    for (const id of sharing.filter((one) => deployments[one] !== undefined)) {
      const user = sharing.length === 1 ? owner : `${owner} in ${id}`;
      uses.set(user, (uses.get(user) ?? 0) + stages.length * (variants?.length ?? 1));
    }
  }
  const total = [...uses.values()].reduce((sum, count) => sum + count, 0);
  if (total <= fisLimits.templates) return [];
  const largestFirst = [...uses].toSorted(([, a], [, b]) => b - a);
  return [
    {
      code: 'too-many-templates',
      path: [],
      message: `the experiments of ${sharing.join(' and ')} have ${total} stages, each an FIS template, and account ${account} holds ${fisLimits.templates} in ${region}: ${largestFirst.map(([user, count]) => `${user} ${count}`).join(', ')}`,
      hint: 'write fewer stages, or deploy the experiments of some owners to an environment in another account or Region',
    },
  ];
}
