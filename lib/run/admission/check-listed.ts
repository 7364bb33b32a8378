import type { Check } from './check.ts';

/**
 * The experiment is among those that the environment is deployed with. When an owner's last experiment is gone its stack is no
 * longer in the app: nobody deletes it, and its schedule goes on.
 */
export const checkListed: Check = async ({ ports, input, experiment }) => {
  const base = { check: 'listed', rejection: 'outdated' } as const;
  const { environment, stack = "that holds the experiment's launcher" } = input;
  if (await ports.listings.isListed(experiment.id))
    return { ...base, passed: true, evidence: `${environment.id} lists '${experiment.id}'` };
  return {
    ...base,
    passed: false,
    evidence: `the core of ${environment.id} no longer lists '${experiment.id}'`,
    hint: `Deploy the stack ${stack} again, or delete it where ${experiment.owner} has no experiment left: its schedule still starts this one.`,
  };
};
