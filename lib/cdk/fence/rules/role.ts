import { fits } from '../../../fis/arn.ts';
import { actions } from '../../../fis/catalogue.ts';
import { declarationFor, type FisPermission } from '../../../fis/permission.ts';
import type { Breach, Judged, Rule } from '../breach.ts';
import { type AllowedStatement, policiesOf } from '../role-policies.ts';

/**
 * Judged is only what can be told: a role that this app makes, statements that allow what FIS's actions need, and resources that are all
 * of a type. What a boundary or a denial takes away again is not weighed, and so a breach may be acknowledged.
 */
export const role: Rule = {
  id: 'role',
  asks: "FIS's role changes only what carries the environment tag, is made by FIS itself, or is named",
  acknowledgeable: true,
  breaches: ({ properties, template, fence }) => {
    const policies = policiesOf(properties.RoleArn, template);
    if (policies === undefined) return [];
    const unconfined = new Set(policies.statements.flatMap((statement) => unconfinedIn(statement, fence)));
    return [
      ...(unconfined.size === 0 ? [] : [tooMuch([...unconfined].toSorted(), fence)]),
      ...policies.managed.filter((arn) => knowsNoTag.test(arn)).map((arn) => managed(arn, fence)),
    ];
  },
};

/** Policies of AWS that change things whatever they are tagged with. */
const knowsNoTag =
  /:iam::aws:policy\/(service-role\/AWSFaultInjectionSimulator\w+|AdministratorAccess|PowerUserAccess|\w+FullAccess)$/;

const location = 'Properties.RoleArn';
const confine = ({ key, value }: Judged['fence']['tag']) =>
  `confine it with the condition StringEquals: { 'aws:ResourceTag/${key}': '${value}' }, or name the resources`;

const tooMuch = (unconfined: readonly string[], { tag }: Judged['fence']): Breach => {
  const some = unconfined.slice(0, 3).join(', ');
  return {
    location,
    message: `its role may ${some}${unconfined.length > 3 ? ` and ${unconfined.length - 3} more` : ''} on anything, whatever its tag`,
    fix: confine(tag),
  };
};

const managed = (arn: string, { tag }: Judged['fence']): Breach => ({
  location,
  message: `its role has ${arn.split('/').at(-1)}, a policy of AWS that knows no tag of yours`,
  fix: `give it statements of its own, and ${confine(tag)}`,
});

/** Calls that only look need no confinement. */
const looks = /:(Describe|Get|List)/;

/** What FIS's actions need and change, which something can confine. */
const changing: readonly FisPermission[] = actions
  .flatMap(({ permissions }): readonly FisPermission[] => permissions)
  .filter(
    ({ action, confinedBy }) =>
      !looks.test(action) && !(typeof confinedBy === 'object' && 'none' in confinedBy),
  );

const unconfinedIn = (statement: AllowedStatement, fence: Judged['fence']): string[] =>
  changing
    .filter(
      (permission) =>
        !(fence.isolated && mayReachAll(permission)) &&
        statement.actions.some((pattern) => allows(pattern, permission.action)) &&
        statement.resources.some((resource) => isAll(resource, permission)) &&
        !isConfined(statement, permission, fence),
    )
    .map(({ action }) => action);

/** Whether an isolated account gives a call on all resources of a kind, since only a declaration could confine it. */
const mayReachAll = ({ action, on }: FisPermission): boolean =>
  changing.some((other) => other.action === action && other.on === on && declarationFor(other) !== undefined);

const allows = (pattern: string, action: string): boolean =>
  pattern.toLowerCase() === action.toLowerCase() ||
  (/[*?]/.test(pattern) && fits(pattern.replaceAll('?', '*').toLowerCase(), action.toLowerCase()));

/** Whether a resource stands for everything of the type that a permission is asked on. */
function isAll(resource: string, { action, on }: FisPermission): boolean {
  if (resource === '*') return true;
  const [, , , , , ...rest] = resource.split(':');
  const path = rest.join(':');
  if (path === '*') return true;
  // Below a bucket everything is below its name.
  if (action.startsWith('s3:')) return path.startsWith('*');
  const type = /^([^/:*]*)[/:]\*$/.exec(path)?.[1];
  return type !== undefined && (on === undefined || on.split(/[:/]/)[1] === type);
}

function isConfined(
  { equals, keys }: AllowedStatement,
  { confinedBy }: FisPermission,
  { tag }: Judged['fence'],
): boolean {
  const isOnly = (keys: (key: string) => boolean, value: string) =>
    [...equals].some(([key, values]) => keys(key) && values.every((one) => one === value));
  // The global key, or the same of a service: ssm:resourceTag.
  if (isOnly((key) => key.endsWith(`:resourcetag/${tag.key.toLowerCase()}`), tag.value)) return true;
  if (typeof confinedBy === 'object' && 'fisTargets' in confinedBy)
    return keys.has(confinedBy.fisTargets.toLowerCase());
  return isOnly((key) => /^aws:(resource|request)tag\/managedbyfis$/.test(key), 'true');
}
