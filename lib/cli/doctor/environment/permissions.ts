import { principalOf, simulate } from '../../../aws/command/simulate.ts';
import { fine, type Look, namesOf, type Seen, skipped, unfit } from '../look.ts';
import { approvingNeeds, lookingNeeds, operatingNeeds, type WordNeeds } from './needs.ts';
import type { EnvironmentSight } from './sight.ts';

/** Whether these credentials may look: without that hardly a word of the command works. */
export const lookingLook = (sight: EnvironmentSight): Look => ({
  name: 'permissions-to-look',
  docs: 'reference/permissions.md',
  look: () =>
    asked(sight, lookingNeeds(sight.opened.names), {
      status: 'fail',
      policy: 'SteadfastViewerPolicy',
      all: 'IAM allows all that looking at the environment needs',
    }),
});

/** Whether they may start and end runs; who only looks need not. */
export const operatingLook = (sight: EnvironmentSight): Look => ({
  name: 'permissions-to-run',
  docs: 'reference/permissions.md',
  look: () =>
    asked(sight, [...operatingNeeds(sight.opened.names), ...approvingNeeds(sight.opened.names)], {
      status: 'warn',
      policy: 'SteadfastOperatorPolicy, or SteadfastApproverPolicy',
      all: 'IAM allows all that running, ending and approving needs',
    }),
});

async function asked(
  { opened, planClients }: EnvironmentSight,
  words: readonly WordNeeds[],
  {
    status,
    policy,
    all,
  }: { readonly status: 'fail' | 'warn'; readonly policy: string; readonly all: string },
): Promise<Seen> {
  const { iam } = planClients;
  const principal = await principalOf(iam, opened.caller.arn);
  if (principal === undefined)
    return skipped(`${opened.caller.arn} is neither a user nor a role, and IAM simulates no others`);
  const answers = await Promise.all(
    words.map(async (one) => ({ words: one.words, said: await simulate(iam, principal, one.needs) })),
  );
  const refused = answers.flatMap(({ words: which, said }) => {
    const actions = said.filter(({ allowed }) => allowed === false).map(({ action }) => action);
    return actions.length === 0 ? [] : [`${[...new Set(actions)].join(', ')} (for ${which})`];
  });
  if (refused.length > 0)
    return unfit(
      status,
      `IAM does not allow ${namesOf(refused)} to ${principal}`,
      `have it allowed: ${policy} of steadfast-chaos/cdk does`,
    );
  const open = answers.flatMap(({ said }) => said.filter(({ allowed }) => allowed === undefined));
  return open.length === 0
    ? fine(all)
    : unfit(
        'unknown',
        `nobody can tell whether IAM allows ${namesOf(open.map(({ action, why }) => `${action} (${why ?? 'it did not say'})`))}`,
        'try the word itself: it says what AWS refuses',
      );
}
