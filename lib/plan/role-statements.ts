import type { FisPermission } from '../fis/permission.ts';
import type { Conditions, Confinement } from './role-confinement.ts';
import { type Grant, grantsOf } from './role-grants.ts';

export type { Confinement } from './role-confinement.ts';

/** A statement of an IAM policy, as IAM writes it. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Conditions;
}

/**
 * One statement for each confinement, in order from the closest to none. A permission that only a declaration confines is left out
 * where nothing is declared, unless the account is isolated.
 */
export const roleStatementsOf = (
  permissions: readonly FisPermission[],
  within: Confinement,
): PolicyStatement[] => statementsOf([{ permissions, within }]);

/** The same for several actions, each within its own confinement. */
export function statementsOf(
  parts: readonly { readonly permissions: readonly FisPermission[]; readonly within: Confinement }[],
): PolicyStatement[] {
  const groups = new Map<string, { grant: Grant; actions: Set<string> }>();
  for (const { permissions, within } of parts) {
    for (const permission of permissions) {
      for (const grant of grantsOf(permission, within)) {
        const key = JSON.stringify([grant.sid, grant.resources, grant.conditions]);
        const group = groups.get(key) ?? { grant, actions: new Set() };
        groups.set(key, group);
        group.actions.add(permission.action);
      }
    }
  }
  const statements = [...groups.values()]
    .map(({ grant, actions }) => ({
      Sid: grant.sid,
      Effect: 'Allow' as const,
      Action: [...actions].toSorted(),
      Resource: grant.resources,
      ...(grant.conditions === undefined ? {} : { Condition: grant.conditions }),
    }))
    .toSorted((one, other) => orderOf(one.Sid) - orderOf(other.Sid) || one.Sid.localeCompare(other.Sid));
  return statements.map((statement, index) => ({
    ...statement,
    Sid: numbered(
      statement.Sid,
      statements.slice(0, index).filter(({ Sid }) => Sid === statement.Sid).length,
    ),
  }));
}

/** A policy names each statement once: of several with one name, all but the first are numbered from 2. */
const numbered = (sid: string, before: number) => (before === 0 ? sid : `${sid}${before + 1}`);

/** Statements stand from the closest confinement to none. */
const order = [
  'OnlyInTheEnvironment',
  'OnlyOnItsInstances',
  'OnlyOnItsManagedInstances',
  'OnlyAmazonsScripts',
  'OnlyDeclared',
  'OnlyBelowDeclared',
  'OnlyWhatFisMade',
  'OnlyToMakeItsOwn',
  'OnlyToTagAt',
  'AnywhereInThisIsolatedAccount',
  'WhatIamCannotConfine',
];
const orderOf = (sid: string) => order.findIndex((beginning) => sid.startsWith(beginning));
