import type { Breach } from '../breach.ts';
import { isAmong } from '../declared.ts';
import type { Fence } from '../fence-options.ts';
import { targetAccountSchema } from '../fis-properties.ts';
import { isReadable, shown } from '../holes.ts';
import { textOf } from '../intrinsics.ts';
import type { WrittenTemplate } from '../written-template.ts';

/** Another account is outside the environment, unless its role there is declared. */
export const targetAccounts = {
  id: 'target-accounts',
  asks: 'the role that FIS takes on in another account is given, is of that account, and is declared',
};

/** What is wrong with an `AWS::FIS::TargetAccountConfiguration`. */
export function targetAccountBreaches(
  properties: unknown,
  template: WrittenTemplate,
  fence: Fence,
): Breach[] {
  const { AccountId, RoleArn } = targetAccountSchema.safeParse(properties).data ?? {};
  const location = 'Properties.RoleArn';
  const account = textOf(AccountId, template);
  if (RoleArn === undefined || RoleArn === '') {
    return [
      {
        location,
        message: `it gives no role for the account ${shown(account)}`,
        fix: 'give the ARN of a role of that account, which trusts only the role of the FIS template',
      },
    ];
  }
  const role = textOf(RoleArn, template);
  const [, , service, , owner = ''] = role.split(':');
  return [
    ...(service === 'iam' && isReadable(owner) && isReadable(account) && owner !== account
      ? [
          {
            location,
            message: `its role ${shown(role)} is not of the account ${account}`,
            fix: 'give a role of the account itself',
          },
        ]
      : []),
    ...(isAmong(fence.declared, RoleArn, template)
      ? []
      : [
          {
            location,
            message: `its role ${shown(role)} is not declared, so the fault could leave its environment`,
            fix: "add its ARN to the fence's 'declared', if faults may reach that account",
          },
        ]),
  ];
}
