import { Token } from 'aws-cdk-lib';
import type { Problem } from '../../experiment/steadfast-error.ts';
import { fisLimits } from '../../fis/limits.ts';
import { show } from '../../fis/quantity.ts';
import type { FisTargetAccount } from './template-props.ts';

/** What FIS would refuse of the accounts that a template acts in. */
export function accountProblems(accounts: readonly FisTargetAccount[]): Problem[] {
  const path = ['targetAccounts'];
  const problems = accounts.flatMap(({ accountId, roleArn }, index): Problem[] => {
    const at = [...path, index];
    return [
      ...(/^\d{12}$/.test(accountId)
        ? []
        : [
            {
              code: 'account',
              path: [...at, 'accountId'],
              message: `${show(accountId)} is no account id: write out its 12 digits`,
            },
          ]),
      ...(accounts.findIndex((other) => other.accountId === accountId) === index
        ? []
        : [
            {
              code: 'account-twice',
              path: [...at, 'accountId'],
              message: `names ${accountId} again, and FIS takes on one role in each account`,
              hint: 'remove one of them',
            },
          ]),
      ...roleProblems(accountId, roleArn, [...at, 'roleArn']),
    ];
  });
  if (accounts.length <= fisLimits.targetAccounts) return problems;
  return [
    ...problems,
    {
      code: 'too-many-accounts',
      path,
      message: `are ${accounts.length}, and FIS acts in at most ${fisLimits.targetAccounts} accounts a template`,
      hint: 'split the template',
    },
  ];
}

function roleProblems(accountId: string, roleArn: string, path: Problem['path']): Problem[] {
  if (Token.isUnresolved(roleArn)) return [];
  const account = /^arn:[a-z-]+:iam::(\d{12}):role\/\S+$/.exec(roleArn)?.[1];
  if (account === accountId) return [];
  return [
    {
      code: 'account-role',
      path,
      message:
        account === undefined
          ? `${show(roleArn)} is no ARN of a role`
          : `is a role of ${account}, not of ${accountId}`,
      hint: 'give the ARN of the FisTargetAccountRole of that account',
    },
  ];
}
