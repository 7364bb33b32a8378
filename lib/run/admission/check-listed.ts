import type { Check } from './check.ts';

/**
 * The experiment is among those that the environment is deployed with, by the plan that this run was started with. When an owner's last
 * experiment is gone its stack is no longer in the app: nobody deletes it, and its schedule goes on. And an execution of before a
 * deploy may be started anew after it.
 */
export const checkListed: Check = async ({ ports, input, experiment }) => {
  const base = { check: 'listed', rejection: 'outdated' } as const;
  const { environment, plan, stack = "that holds the experiment's launcher" } = input;
  const found = await ports.listings.look(experiment.id, plan);
  switch (found) {
    case 'listed':
      return {
        ...base,
        passed: true,
        evidence: `${environment.id} lists '${experiment.id}'${plan === undefined ? '' : ` by this plan (${plan})`}`,
      };
    case 'changed':
      return {
        ...base,
        passed: false,
        evidence: `${environment.id} is deployed with another plan of '${experiment.id}' than this run was started with (${plan ?? 'one without a mark'})`,
        hint: `Start the launcher anew: it holds the new plan. Where it does not, a deploy is under way or stopped half-way: deploy all of ${environment.id}, the stack ${stack} too.`,
      };
    case 'absent':
      return {
        ...base,
        passed: false,
        evidence: `the core of ${environment.id} no longer lists '${experiment.id}'`,
        hint: `Deploy the stack ${stack} again, or delete it where ${experiment.owner} has no experiment left: its schedule still starts this one.`,
      };
  }
};
