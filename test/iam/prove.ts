import { declarationFor, type FisPermission } from '../../lib/fis/permission.ts';
import { requestOf } from './ask-request.ts';
import { authorizationOf } from './authorization.ts';
import { needsOfFisLogs } from './documented-needs.ts';
import type { FisRole } from './fis-roles.ts';
import { arnOf, type IamRequest, requestFor } from './request.ts';
import { isAllowed, unusedOf } from './simulate.ts';
import { foreign, type Situation, showsTags } from './situations/situation.ts';
import { situationsOf, typesOf } from './situations/situations-of.ts';

/** What is wrong with a role of FIS, and how much was asked to find it. */
export interface Proof {
  /** What FIS needs and is denied. */
  readonly missing: readonly string[];
  /** What is not the environment's and is allowed. */
  readonly escapes: readonly string[];
  /** What is allowed and nobody needs. */
  readonly unused: readonly string[];
  readonly asked: Readonly<Record<Situation['kind'], number>>;
}

/** Asks about everything that an action's permissions are for, and about everything near it. */
export async function prove(role: FisRole): Promise<Proof> {
  const { statements, caller, action } = role;
  const situations: Situation[] = [];
  for (const permission of action.permissions.filter((one) => !isHeldByWider(one, role)))
    situations.push(...(await situationsOf(permission, role)));
  situations.push(...(await otherTypes(role)));

  const missing: string[] = [];
  const escapes: string[] = [];
  for (const { kind, name, request } of situations) {
    const allowed = await isAllowed(statements, request, caller);
    if (kind === 'escape' && allowed) escapes.push(told(request, name));
    if (kind !== 'escape' && !allowed) missing.push(told(request, name));
  }
  const of = (kind: Situation['kind']) => situations.filter((one) => one.kind === kind);
  const needed = of('needed').map(({ request }) => request);
  const logs = await Promise.all(needsOfFisLogs.asks.map((ask) => requestOf(ask, caller)));
  return {
    missing,
    escapes,
    unused: await unusedOf(statements, [...needed, ...logs], caller),
    asked: { needed: needed.length, fine: of('fine').length, escape: of('escape').length },
  };
}

/** Whether an isolated account is given the same on everything anyway: then the closer confinement confines nothing. */
const isHeldByWider = (permission: FisPermission, { action, isIsolated }: FisRole): boolean =>
  isIsolated === true &&
  declarationFor(permission) === undefined &&
  action.permissions.some(
    (other) =>
      other.action === permission.action && other.on === permission.on && declarationFor(other) !== undefined,
  );

const told = ({ action, resource, context }: IamRequest, name: string) =>
  `${action} on ${resource} (${name}) ${JSON.stringify(context)}`;

/** Calls that touch resources of types which no permission of the action is for. */
async function otherTypes({ action, caller, tag }: FisRole): Promise<Situation[]> {
  const situations: Situation[] = [];
  const byName = Object.groupBy(action.permissions, (permission) => permission.action);
  for (const [name, permissions = []] of Object.entries(byName)) {
    if (permissions.some(isForAllTypes)) continue;
    const authorization = await authorizationOf(name);
    const named = permissions.flatMap((permission) => typesOf(permission, authorization));
    for (const type of authorization.types.filter((one) => !named.includes(one))) {
      // What an action tags is asked about with the situations of tagging.
      if (name === 'ec2:CreateTags') continue;
      const context = showsTags(authorization, type) ? { [`aws:ResourceTag/${tag.key}`]: tag.value } : {};
      const request = requestFor({ authorization, type, resource: arnOf(type, caller), caller, context });
      situations.push(foreign(`a ${type.name} of the environment`, request));
    }
  }
  return situations;
}

/** A permission without a type of resource is for all of them; that on managed instances says itself which. */
const isForAllTypes = ({ on, confinedBy }: FisPermission) =>
  on === undefined || confinedBy === 'managedInstanceTag';
