import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Problem } from '../../experiment/steadfast-error.ts';
import type { FisAction as CatalogueAction } from '../../fis/action.ts';
import { declarationFor } from '../../fis/permission.ts';
import type { Place } from '../../plan/aws-names.ts';
import { roleStatementsOf } from '../../plan/role-statements.ts';
import type { EnvironmentTag } from './bound-target.ts';

/** The least that actions need, confined to the environment tag wherever IAM can. */
export const faultStatements = (
  actions: readonly CatalogueAction[],
  within: { readonly tag: EnvironmentTag; readonly place: Place },
): PolicyStatement[] =>
  roleStatementsOf(
    actions
      .flatMap(({ permissions }) => permissions)
      .filter((permission) => declarationFor(permission) === undefined),
    within,
  ).map((statement) => PolicyStatement.fromJson(statement));

/** What no role that is made could be confined by. */
export function permissionProblems(action: CatalogueAction, path: Problem['path']): Problem[] {
  const needed = action.permissions.filter(
    (permission) => permission.when === undefined && declarationFor(permission) !== undefined,
  );
  const [first] = needed;
  if (first === undefined) return [];
  const calls = [...new Set(needed.map((permission) => permission.action))].join(', ');
  return [
    {
      code: 'not-confinable',
      path,
      message: `FIS's role needs ${calls} for ${action.id}, which IAM confines by no tag: only by ${declarationFor(first)}`,
      hint: 'give a role of your own that is confined so: role',
    },
  ];
}
